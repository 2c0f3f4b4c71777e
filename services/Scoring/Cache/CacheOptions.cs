using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace EarlyWarning.Scoring.Cache;

/// <summary>Where results are kept that can be computed again. Checked once at the start, all errors together.</summary>
public sealed class CacheOptions : IValidatableObject
{
    /// <summary>
    /// A StackExchange.Redis connection string to a Redis or Valkey that several processes share, which may evict and need not persist. By
    /// default none: results are kept in this process only.
    /// </summary>
    [Browsable(false)]
    public string? ConnectionString { get; set; }

    /// <summary>How much is kept in this process, in MiB; what was not used for longest goes first. 16 to 65,536, by default 64.</summary>
    public int MemoryMegabytes { get; set; } = 64;

    /// <summary>How long a result is kept. A minute to 365 days, by default 7 days.</summary>
    public TimeSpan KeepResults { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The largest result that is kept, in bytes. 1 KiB to 64 MiB and at most a quarter of the memory, by default 4 MiB.</summary>
    public int MaxResultBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long Redis may take before a call goes on without it. 10 ms to 5 s, by default 200 ms.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long Redis is not asked once it has failed several times in a row. 100 ms to 5 min, by default 5 s.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What this process may hold, in bytes.</summary>
    internal long MemoryBytes => MemoryMegabytes * 1024L * 1024;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Validate().Select(error => new ValidationResult(error));

    /// <summary>Lists what is wrong with these options, in words for an operator; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> errors = [];
        Check(MemoryMegabytes is >= 16 and <= 65_536, "The cache's memory must be 16 to 65536 MiB.");
        Check(
            KeepResults >= TimeSpan.FromMinutes(1) && KeepResults <= TimeSpan.FromDays(365),
            "The cache must keep results for a minute to 365 days."
        );
        Check(MaxResultBytes is >= 1024 and <= 64 * 1024 * 1024, "The largest result that the cache keeps must be 1 KiB to 64 MiB.");
        Check(MaxResultBytes <= MemoryBytes / 4, "The largest result that the cache keeps must be at most a quarter of its memory.");
        Check(Timeout >= TimeSpan.FromMilliseconds(10) && Timeout <= TimeSpan.FromSeconds(5), "The cache's timeout must be 10 ms to 5 s.");
        Check(Rest >= TimeSpan.FromMilliseconds(100) && Rest <= TimeSpan.FromMinutes(5), "The cache's rest must be 100 ms to 5 min.");
        Check(
            ConnectionString is null || CanParse(ConnectionString),
            "The cache's connection string must be HOST:PORT, then options of StackExchange.Redis after commas."
        );
        return errors;

        void Check(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }

    // The reason is not told: it may quote a password.
    private static bool CanParse(string connectionString)
    {
        try
        {
            return ConfigurationOptions.Parse(connectionString).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
