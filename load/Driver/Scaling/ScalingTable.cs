using EarlyWarning.Driver.Judging;

namespace EarlyWarning.Driver.Scaling;

/// <summary>
/// What silos cost on one machine, and what that says of many. With N silos a share (N − 1)/N of a request's countries is at home
/// elsewhere, so the cost of an observation is a constant and a part that grows with that share: a line, whose end at share 1 no number of
/// silos passes.
/// </summary>
internal static class ScalingTable
{
    private const int Nodes = 50;
    private const int ProcessorsOfNode = 2;
    private static readonly int[] s_storeProcessors = [8, 32, 64];

    public static void Write(IReadOnlyList<SiloRun> runs, TextWriter writer)
    {
        Row(
            "silos",
            "obs/s",
            "silos µs/obs",
            "PostgreSQL µs/obs",
            "busiest silo",
            "PostgreSQL",
            "client",
            "others",
            "machine",
            "saturates first"
        );
        foreach (var run in runs)
        {
            Row(
                $"{run.Silos}",
                $"{run.PerSecond:N0}",
                $"{run.SiloMicroseconds:0.00}",
                $"{run.StoreMicroseconds:0.00}",
                $"{run.SiloProcessors:0.00}",
                $"{run.StoreProcessors:0.00}",
                $"{run.ClientProcessors:0.00}",
                $"{run.OtherProcessors:0.00}",
                $"{run.BusyPercent:0} %",
                First(run)
            );
        }

        var (silo, store) = (Cost(runs, run => run.SiloMicroseconds, Nodes), Cost(runs, run => run.StoreMicroseconds, Nodes));
        Say("");
        Say($"{Nodes} silos, by the lines through these costs over the share of countries that are at home elsewhere:");
        Say($"{silo:0.00} µs of silos and {store:0.00} µs of PostgreSQL an observation.");
        Say($"Assumed: a node of {ProcessorsOfNode} processors like these for each silo, clients and PostgreSQL on machines of their own,");
        Say("a network and a disk that keep up, and a cost of PostgreSQL that stays as it is with more writers.");
        Say("The runs share one machine, so their costs hold some of each other's cache misses.");
        var silos = 1e6 * Nodes * ProcessorsOfNode / silo;
        foreach (var processors in s_storeProcessors)
        {
            var most = 1e6 * processors / Math.Max(store, 1e-9);
            var fill = Math.Ceiling(most * silo / 1e6 / ProcessorsOfNode);
            Say(
                $"  PostgreSQL with {processors, 2} processors: {Math.Min(silos, most), 12:N0} obs/s; "
                    + $"{(most < silos ? "PostgreSQL saturates" : "the silos saturate")} first "
                    + $"(silos {silos:N0}, PostgreSQL {most:N0}, which {fill:N0} silos fill)."
            );
        }

        void Row(params string[] cells)
        {
            var widths = new[] { 6, 10, 13, 18, 13, 11, 7, 7, 8 };
            Say($"{string.Concat(widths.Select((width, i) => cells[i].PadLeft(width)))}   {cells[^1]}");
        }

        void Say(string line) => writer.WriteLine(line);
    }

    /// <summary>The cost of an observation with so many silos, in microseconds; never below what the runs' cheapest says.</summary>
    internal static double Cost(IReadOnlyList<SiloRun> runs, Func<SiloRun, double> read, int silos)
    {
        var line = Line.Through([.. runs.Select(run => (Elsewhere(run.Silos), read(run)))]);
        return Math.Max(runs.Min(read), line?.At(Elsewhere(silos)) ?? runs.Average(read));
    }

    private static double Elsewhere(int silos) => (silos - 1.0) / silos;

    private static string First(SiloRun run) =>
        run.BusyPercent < 85 ? "nothing: callers wait for each other"
        : run.OtherProcessors > run.SiloProcessors + run.StoreProcessors ? "the machine, by other programs: measure again without them"
        : $"the machine; most is used by {(run.SiloProcessors * run.Silos >= run.StoreProcessors ? "the silos" : "PostgreSQL")}";
}
