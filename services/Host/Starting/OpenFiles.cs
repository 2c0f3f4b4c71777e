using System.Globalization;

namespace EarlyWarning.Host.Starting;

/// <summary>How many files and connections this process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>The suite's own parts take some 300; each client takes one more.</summary>
    public const int Needed = 1_024;

    /// <summary>
    /// The most connections on an address that are taken where nobody says how many: several from each of 1,000 partners.
    /// </summary>
    public const int UsualConnections = 4_096;

    /// <summary>What is left to the suite's own parts, however many connect.</summary>
    private const int OwnFiles = 512;

    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>The limit of this process; <see langword="null"/> where there is none, or the system does not tell it.</summary>
    public static long? Limit() => File.Exists(Limits) ? Read(File.ReadLines(Limits)) : null;

    /// <summary>
    /// The most connections that an address takes, so that callers, however many connect to the two, never use up the files of the store.
    /// </summary>
    /// <param name="asked">What the command line asks for; <see langword="null"/> for the usual, or as many as the limit has room
    /// for.</param>
    /// <param name="limit">The limit of files and connections; <see langword="null"/> for none.</param>
    /// <exception cref="StartException">More are asked for than the limit has room for.</exception>
    public static int Connections(int? asked, long? limit)
    {
        var room = limit is { } most ? (most - OwnFiles) / 2 : int.MaxValue;
        return asked is { } count && count > room
            ? throw new StartException(
                $"--max-connections {count} on each of two addresses needs {OwnFiles + (2L * count)} open files, and this process may have "
                    + $"{limit}. Raise that limit (ulimit -n; LimitNOFILE= of a unit), or take fewer connections."
            )
            : asked ?? (int)Math.Min(UsualConnections, room);
    }

    /// <summary>Looks whether the limit is high enough, where the system tells it.</summary>
    /// <exception cref="StartException">It is not; the message says what to do.</exception>
    public static void Check()
    {
        if (Limit() is { } limit && limit < Needed)
        {
            throw new StartException(
                $"This process may have {limit} files and connections open, and needs {Needed}. Raise the limit (ulimit -n 4096; "
                    + $"LimitNOFILE= of a unit)."
            );
        }
    }

    /// <summary>
    /// Finds the hard limit, up to which the runtime has raised the soft one; <see langword="null"/> where there is none.
    /// </summary>
    public static long? Read(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return
            line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var hard, ..]
            && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
    }
}
