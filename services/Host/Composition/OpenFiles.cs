using System.Globalization;

namespace EarlyWarning.Host.Composition;

/// <summary>How many files and connections this process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>The suite's own parts take some 300; each client takes one more.</summary>
    public const int Needed = 1_024;

    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>Looks whether the limit is high enough, where the system tells it.</summary>
    /// <exception cref="StartException">It is not; the message says what to do.</exception>
    public static void Check()
    {
        if (File.Exists(Limits) && Read(File.ReadLines(Limits)) is { } limit && limit < Needed)
        {
            throw new StartException(
                $"This process may have {limit} files and connections open, and needs {Needed}. Raise the limit (ulimit -n 4096; LimitNOFILE= of a unit).");
        }
    }

    /// <summary>Finds the hard limit, up to which the runtime has raised the soft one; <see langword="null"/> where there is none.</summary>
    public static long? Read(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var hard, ..]
            && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
    }
}
