namespace EarlyWarning.Scoring.Cache;

/// <summary>A level of the cache.</summary>
internal enum CacheLevel
{
    /// <summary>The memory of this process.</summary>
    Process,

    /// <summary>The Redis that several processes share.</summary>
    Redis,
}

/// <summary>What a level of the cache holds.</summary>
/// <param name="Entries">The number of entries; <see langword="null"/> where it is not known.</param>
/// <param name="Bytes">The memory that they take; <see langword="null"/> where it is not known.</param>
internal readonly record struct CacheSize(long? Entries, long? Bytes);
