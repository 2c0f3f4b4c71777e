namespace EarlyWarning.Store.Cache;

/// <summary>Where results are kept that can be computed again. Checked once at the start, all errors together.</summary>
public sealed class CacheOptions
{
    /// <summary>
    /// A StackExchange.Redis connection string to an outside Redis or Valkey, which may evict and need not persist. It must not be the store.
    /// Without one a cache in this process's memory is used.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>How much the cache in this process may hold, in MiB; the oldest goes first. 16 to 65,536, by default 64.</summary>
    public int MemoryMegabytes { get; set; } = 64;

    /// <summary>How long an operation may take before the caller goes on without the cache. 10 ms to 5 s, by default 200 ms.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        if (MemoryMegabytes is < 16 or > 65_536)
        {
            errors.Add("The cache's memory must be 16 to 65536 MiB.");
        }

        if (Timeout < TimeSpan.FromMilliseconds(10) || Timeout > TimeSpan.FromSeconds(5))
        {
            errors.Add("The cache's timeout must be 10 ms to 5 s.");
        }

        return errors;
    }
}
