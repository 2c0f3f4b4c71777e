using System.Diagnostics;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>Shortens an input as long as it ends in the same way.</summary>
internal static class Minimiser
{
    private const int MostTrials = 3_000;
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(5);

    /// <summary>Leaves out parts, large ones first.</summary>
    public static byte[] Shorten(Target target, byte[] input, string kind)
    {
        var (started, trials) = (Stopwatch.GetTimestamp(), 0);
        for (var part = Math.Max(1, input.Length / 2); part > 0; )
        {
            var shortened = false;
            for (var at = 0; at < input.Length; at += part)
            {
                if (++trials > MostTrials || Stopwatch.GetElapsedTime(started) > s_most)
                {
                    return input;
                }

                byte[] without = [.. input.AsSpan(0, at), .. input.AsSpan(Math.Min(input.Length, at + part))];
                if (Trial.Of(target, without) is { Fault: not null } trial && trial.Kind == kind)
                {
                    (input, shortened) = (without, true);
                    at -= part;
                }
            }

            part = shortened ? Math.Min(part, Math.Max(1, input.Length / 2)) : part / 2;
        }

        return input;
    }
}
