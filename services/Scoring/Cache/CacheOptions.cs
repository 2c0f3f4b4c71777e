using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace EarlyWarning.Scoring.Cache;

/// <summary>Where results are kept that can be computed again.</summary>
public sealed class CacheOptions : IValidatableObject
{
    /// <summary>
    /// A StackExchange.Redis connection string to a Redis or Valkey that several processes share, which may evict and need not persist. By
    /// default none: results are kept in this process only.
    /// </summary>
    [Browsable(false)]
    public string? ConnectionString { get; set; }

    /// <summary>How much is kept in this process, in MiB; what was not used for longest goes first. 16 to 65,536, by default 64.</summary>
    [Range(16, 65_536)]
    public int MemoryMegabytes { get; set; } = 64;

    /// <summary>How long a result is kept. A minute to 365 days, by default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeepResults { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The largest result that is kept, in bytes. 1 KiB to 64 MiB and at most a quarter of the memory, by default 4 MiB.</summary>
    [Range(1 << 10, 64 << 20)]
    public int MaxResultBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long Redis may take before a call goes on without it. 10 ms to 5 s, by default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long Redis is not asked once it has failed several times in a row. 100 ms to 5 min, by default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What this process may hold, in bytes.</summary>
    internal long MemoryBytes => MemoryMegabytes * 1024L * 1024;

    /// <summary>Whether a text is a connection string: <c>HOST:PORT</c>, then options of StackExchange.Redis after commas.</summary>
    public static bool IsConnection(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        MaxResultBytes <= MemoryBytes / 4
            ? []
            : [new($"Write at most {MemoryBytes / 4}, a quarter of what memory-megabytes says.", [nameof(MaxResultBytes)])];
}
