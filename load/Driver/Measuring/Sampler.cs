using EarlyWarning.Driver.Reports;

namespace EarlyWarning.Driver.Measuring;

/// <summary>Reads machine, processes and, every few seconds, the suite's own metrics.</summary>
internal sealed class Sampler(IReadOnlyList<MeasuredProcess> processes, SuiteMetrics? metrics)
{
    /// <summary>The suite is asked once in so many seconds, so that the asking is none of the load.</summary>
    private const int MetricsEvery = 5;
    private readonly TimeSpan[] _used = new TimeSpan[processes.Count];
    private ProcessorTimes _machine;
    private double _at;
    private double _network;
    private int _taken;

    public IReadOnlyList<MeasuredProcess> Processes => processes;

    /// <summary>Begins a run.</summary>
    public void Begin()
    {
        (_machine, _network, _at, _taken) = (Machine.Times(), Machine.NetworkBytes(), 0, 0);
        for (var i = 0; i < _used.Length; i++)
        {
            _used[i] = processes[i].ProcessorTime();
        }
    }

    /// <summary>What happened since the last time.</summary>
    /// <param name="at">Now, in seconds from the beginning.</param>
    /// <param name="cancellationToken">The run is over.</param>
    public async Task<MachineSample> TakeAsync(double at, CancellationToken cancellationToken)
    {
        var seconds = Math.Max(1e-3, at - _at);
        Dictionary<string, double> used = [],
            held = [];
        for (var i = 0; i < _used.Length; i++)
        {
            var now = processes[i].ProcessorTime();
            used[processes[i].Name] = Math.Max(0, (now - _used[i]).TotalSeconds) / seconds;
            held[processes[i].Name] = processes[i].Megabytes();
            _used[i] = now;
        }

        var (machine, network) = (Machine.Times(), Machine.NetworkBytes());
        var all = Math.Max(1, machine.All - _machine.All);
        var sample = new MachineSample(
            at,
            100 * (machine.Busy - _machine.Busy) / all,
            100 * (machine.Waiting - _machine.Waiting) / all,
            (network - _network) * 8 / 1e6 / seconds,
            used,
            held,
            metrics is not null && _taken % MetricsEvery == 0
                ? await metrics.ReadAsync(cancellationToken)
                : new Dictionary<string, double>()
        );
        (_machine, _network, _at, _taken) = (machine, network, at, _taken + 1);
        return sample;
    }
}
