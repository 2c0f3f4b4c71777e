using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Due;

namespace EarlyWarning.Risk.Countries;

/// <content>When the store wakes the country again: a due time becomes durable with what makes it due.</content>
internal sealed partial class CountryGrain
{
    /// <summary>
    /// The due time in the store, which may be too early and is never too late; <see cref="long.MaxValue"/> where there is none.
    /// </summary>
    private long _due = long.MaxValue;
    private bool _woken;

    /// <summary>Adds the due time to what is committed, where it comes earlier than the store knows.</summary>
    /// <returns>The due time from the commit on.</returns>
    private long AddDue(Unit unit)
    {
        var next = _state!.NextMoment(Now);
        if (next >= _due)
        {
            return _due;
        }

        unit.SetDue(Names.DueQueue, Country, At(next));
        return next;
    }

    /// <summary>The store has woken the country: its due time moves on to what is next, or goes.</summary>
    private async Task MoveDueAsync()
    {
        if (!_woken)
        {
            return;
        }

        _woken = false;
        var next = _state!.NextMoment(Now);
        var unit = new Unit();
        if (next < long.MaxValue && next <= DateTime.MaxValue.Ticks)
        {
            unit.SetDue(Names.DueQueue, Country, At(next));
        }
        else
        {
            (next, _) = (long.MaxValue, unit.RemoveDue(Names.DueQueue, Country));
        }

        await _writer!.CommitAsync(unit, _stopping);
        _due = next;
    }

    private static DateTimeOffset At(long ticks) => new(Math.Min(ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}
