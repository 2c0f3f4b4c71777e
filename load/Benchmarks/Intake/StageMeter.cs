using System.Diagnostics;

namespace EarlyWarning.Benchmarks.Intake;

/// <summary>Time and memory of the stages that a message goes through one after the other, by row.</summary>
internal sealed class StageMeter
{
    private readonly List<Stage> _stages = [];
    private long _at;
    private long _allocated;
    private int _next;

    /// <summary>A message begins.</summary>
    public void Begin() => (_next, _at, _allocated) = (0, Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());

    /// <summary>A stage is done, all of it on this thread.</summary>
    public void Done(string stage) => Add(stage, GC.GetAllocatedBytesForCurrentThread() - _allocated);

    /// <summary>A stage is done on other threads, whose allocations are counted by the caller.</summary>
    public void DoneElsewhere(string stage, long allocated) => Add(stage, allocated);

    /// <summary>Forgets all there is, such as a warm-up.</summary>
    public void Clear() => _stages.Clear();

    public void Write(string title, long rows, TextWriter writer)
    {
        Say($"{title}");
        foreach (var stage in _stages)
        {
            Say($"  {stage.Name, -34} {stage.Seconds * 1e9 / rows, 9:N0} ns {(double)stage.Allocated / rows, 9:N0} B");
        }

        Say(
            $"  {"together", -34} {_stages.Sum(stage => stage.Seconds) * 1e9 / rows, 9:N0} ns "
                + $"{(double)_stages.Sum(stage => stage.Allocated) / rows, 9:N0} B"
        );

        void Say(string line) => writer.WriteLine(line);
    }

    private void Add(string stage, long allocated)
    {
        var now = Stopwatch.GetTimestamp();
        if (_stages.Count == _next)
        {
            _stages.Add(new(stage));
        }

        _stages[_next].Seconds += Stopwatch.GetElapsedTime(_at, now).TotalSeconds;
        _stages[_next++].Allocated += allocated;
        (_at, _allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
    }

    private sealed class Stage(string name)
    {
        public string Name => name;

        public double Seconds { get; set; }

        public long Allocated { get; set; }
    }
}
