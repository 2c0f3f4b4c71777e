using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>What became of one input.</summary>
/// <param name="Kind">How it ended; what is alike has the same kind.</param>
/// <param name="Fault">What is wrong with that; <see langword="null"/> where the input was read or refused as documented.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Allocated">What was allocated for it.</param>
internal sealed partial record Trial(string Kind, string? Fault, TimeSpan Took, long Allocated)
{
    /// <summary>The kind of an input that was read.</summary>
    public const string WasRead = "read";

    private const int LongestKind = 160;

    /// <summary>Tries an input on this thread. One that never returns is for whoever watches the thread.</summary>
    public static Trial Of(Target target, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        var (kind, fault) = Outcome(target, input);
        var (took, allocated) = (Stopwatch.GetElapsedTime(started), GC.GetAllocatedBytesForCurrentThread() - before);
        var room = target.BytesAtLeast + (target.BytesPerByte * input.Length);
        return fault is null && allocated > room
            ? new(
                "memory",
                $"{allocated:N0} bytes were allocated for an input of {input.Length:N0}; {room:N0} is the most.",
                took,
                allocated
            )
            : new(kind, fault, took, allocated);
    }

    private static (string Kind, string? Fault) Outcome(Target target, byte[] input)
    {
        try
        {
            target.Parse(input);
            return (WasRead, null);
        }
        catch (Exception exception) when (target.Refuses(exception))
        {
            return (KindOf(exception.Message), null);
        }
        catch (Exception exception)
        {
            return ($"{exception.GetType().Name} {PlaceOf(exception)}", exception.ToString());
        }
    }

    // What a message quotes or counts is of the input; the rest says which refusal it is.
    private static string KindOf(string message)
    {
        var line = message.AsSpan()[..Math.Min(message.Length, LongestKind)].ToString();
        return Quoted().Replace(line, "_");
    }

    private static string PlaceOf(Exception exception) =>
        (exception.StackTrace ?? "")
            .Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line =>
                line.Contains("EarlyWarning.", StringComparison.Ordinal) && !line.Contains("EarlyWarning.Fuzzing", StringComparison.Ordinal)
            )
            is { } place
            ? Lines().Replace(place.Split(" in ")[0], "")
            : "";

    [GeneratedRegex("""['"].*['"]|['"].*|[^\x20-\x7E]+|-?[0-9]+([.,][0-9]+)*""", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(":line [0-9]+")]
    private static partial Regex Lines();
}
