using EarlyWarning.Scoring.Engine.Evaluation;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>How far each period looks ahead, as <see cref="HitDefinition"/> says.</summary>
internal sealed class OutcomeHorizons
{
    private readonly EventWindow[] _windows;

    public OutcomeHorizons(IReadOnlyList<DateTimeOffset> times, TimeSpan horizon)
    {
        Times = times;
        Definition = new(horizon, TimeSpan.Zero) { Moments = [.. times] };
        _windows = [.. times.Select(time => Definition.WindowOf(time))];
        for (var i = 0; i < _windows.Length; i++)
        {
            for (var later = i + 1; later < _windows.Length; later++)
            {
                if (times[later] >= _windows[i].End)
                {
                    Lead = Math.Max(Lead, later - i);
                    break;
                }
            }
        }
    }

    /// <summary>The periods' moments.</summary>
    public IReadOnlyList<DateTimeOffset> Times { get; }

    /// <summary>When an event counts.</summary>
    public HitDefinition Definition { get; }

    /// <summary>After how many periods an outcome is known at the latest; at least 1.</summary>
    public int Lead { get; } = 1;

    /// <summary>The time in which an event counts for a period.</summary>
    public EventWindow Window(int period) => _windows[period];
}
