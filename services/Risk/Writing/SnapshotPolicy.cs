namespace EarlyWarning.Risk.Writing;

/// <summary>How often a country's state is kept beside its journal: what comes first of both.</summary>
/// <param name="Entries">After how many entries.</param>
/// <param name="Bytes">After how many bytes of entries.</param>
internal sealed record SnapshotPolicy(int Entries, int Bytes);
