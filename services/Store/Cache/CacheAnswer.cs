namespace EarlyWarning.Store.Cache;

/// <summary>What came of an operation on the cache.</summary>
/// <typeparam name="T">What it gives.</typeparam>
/// <param name="Answered">Whether the cache answered in time.</param>
/// <param name="Value">The answer.</param>
public readonly record struct CacheAnswer<T>(bool Answered, T Value);

/// <summary>What a cache holds.</summary>
/// <param name="Entries">The number of keys.</param>
/// <param name="Bytes">The memory that they take, as the server tells it.</param>
public readonly record struct CacheSize(long Entries, long Bytes);
