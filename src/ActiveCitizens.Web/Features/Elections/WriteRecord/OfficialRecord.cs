namespace ActiveCitizens.Web.Features.Elections.WriteRecord;

/// <summary>A table of the official record.</summary>
public sealed record RecordTable(string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <param name="Level">2 for a chapter, 3 within one.</param>
/// <param name="Lines">Paragraphs before the tables.</param>
public sealed record RecordSection(int Level, string Title, IReadOnlyList<string> Lines, IReadOnlyList<RecordTable> Tables);

/// <summary>The official record as words, before it is a page or a file: both say the same.</summary>
/// <param name="Signers">Who signs it, with their duty.</param>
public sealed record OfficialRecord(string Title, string Subtitle, IReadOnlyList<RecordSection> Sections, string SignaturesTitle, IReadOnlyList<string> Signers);
