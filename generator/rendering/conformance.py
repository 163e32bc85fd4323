"""The declaration that a PDF is PDF/A-3a and PDF/UA-1, in the one place where validators look."""

import pydyf

from generator.rendering.tags import EngineChangedError

VARIANT = "pdf/a-3a"
"""What the engine itself declares; it takes one variant, so PDF/UA is declared here."""

_PDF_UA = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/UA's mark, and the description of its one property that PDF/A asks for beside it."""

_END = b"</rdf:RDF>"


def declare(pdf: pydyf.PDF) -> None:
    """Add PDF/UA-1 to the metadata of a PDF/A-3a that is about to be written, uncompressed.

    It goes into the `rdf:RDF` that is there: validators do not look into a second one.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    content = b"".join(
        part if isinstance(part, bytes) else part.encode() for part in metadata.stream
    )
    if content.count(_END) != 1:
        raise EngineChangedError("the engine's metadata are not what they were")
    metadata.stream = [content.replace(_END, _PDF_UA.encode() + _END)]
    metadata.compress = False
