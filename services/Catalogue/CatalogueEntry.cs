using Google.Protobuf;

namespace EarlyWarning.Catalogue;

/// <summary>One change of the catalogue.</summary>
/// <param name="Revision">The catalogue's revision after it, which is the entry's position.</param>
/// <param name="RecordedAt">When it was journalled.</param>
/// <param name="Change">The accepted request; <see langword="null"/> where this build cannot read it.</param>
public sealed record CatalogueEntry(long Revision, DateTimeOffset RecordedAt, IMessage? Change);
