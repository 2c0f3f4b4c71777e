using System.Globalization;

namespace EarlyWarning.Store.Clocks;

/// <content>Which clock is believed. All of it under the gate.</content>
public sealed partial class SuiteClock
{
    private const int MostEvents = 100;

    private readonly Queue<ClockEvent> _events = new();
    private (string Text, long Stamp)? _past;

    /// <summary>The time that went on until a wall clock was believed by grace: one that returns to it is right at once.</summary>
    private Line? _left;

    private DateTimeOffset? _newest;
    private bool _proven;

    /// <summary>
    /// Says when the store was last in use, once, at the start: before it there is no monotonic past to compare with.
    /// </summary>
    public void Know(DateTimeOffset? newest)
    {
        lock (_gate)
        {
            var (wall, stamp) = Measure();
            _newest = newest;
            if (newest is { } last && wall < last - _options.Behind && !StoreAgrees(wall, stamp))
            {
                Begin(ClockConflict.BehindStore, last - wall, wall, stamp, wait: true, string.Create(
                    CultureInfo.InvariantCulture,
                    $"The wall clock says {wall:u}, and the store was in use at {last:u}, {Say(last - wall)} later. What only time decides waits as well,"));
            }
            else if (newest is { } then && wall > then + _options.Silence)
            {
                Note(string.Create(
                    CultureInfo.InvariantCulture, $"The store was last in use at {then:u}, {Say(wall - then)} ago. Where that is not so, the wall clock is ahead: set it right."),
                    stamp);
            }
        }
    }

    /// <summary>Takes the next event to report.</summary>
    internal bool TryTake(out ClockEvent taken)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out taken);
        }
    }

    private DateTimeOffset Judge(DateTimeOffset wall, long stamp) => _doubt switch
    {
        null => Undoubted(wall, stamp),
        { Conflict: ClockConflict.Jumped } doubt => Jumped(doubt, wall, stamp),
        { } doubt => Differs(doubt, wall, stamp),
    };

    private DateTimeOffset Undoubted(DateTimeOffset wall, long stamp)
    {
        var steady = At(_line, stamp);
        var lead = wall - steady;
        if (lead.Duration() > _options.Jump)
        {
            if (Believed(wall, lead, stamp) is { } why)
            {
                End(wall, stamp, $"The wall clock was set {Direction(lead)} at {Say(steady)}: {why}");
                return wall;
            }

            Begin(ClockConflict.Jumped, lead, steady, stamp, wait: false,
                $"The wall clock was set {Direction(lead)} at {Say(steady)}, and no other clock confirms it. The suite's time goes on as before,");
            return steady;
        }

        if (Differing(wall, stamp) is { } difference)
        {
            Begin(ClockConflict.StoreDiffers, difference, wall, stamp, wait: !_proven,
                $"The store's clock is {(difference > TimeSpan.Zero ? "ahead of" : "behind")} the wall clock by {Say(difference.Duration())} since {Say(wall)}."
                + (_proven ? " The suite's time goes on by the wall clock," : " What only time decides waits as well,"));
        }
        else
        {
            _proven = true;
        }

        Anchor(wall, stamp);
        return wall;
    }

    /// <summary>Why a wall clock that has jumped is right; <see langword="null"/> where nothing says so.</summary>
    private string? Believed(DateTimeOffset wall, TimeSpan lead, long stamp)
    {
        if (lead.Duration() <= _options.Doubt)
        {
            return "that little is taken as it is.";
        }

        if (_uptime() - _line.Uptime - _machine.GetElapsedTime(_line.Stamp, stamp) is { } slept && (slept - lead).Duration() <= _options.Jump)
        {
            return "the machine slept for as long.";
        }

        if (StoreAgrees(wall, stamp))
        {
            return "the store's clock agrees with it.";
        }

        if (SourcesAgree(lead, stamp))
        {
            return "the sources of observations agree with it.";
        }

        return _left is { } left && (wall - At(left, stamp)).Duration() <= _options.Doubt ? "it is back from where it was set before." : null;
    }

    private DateTimeOffset Jumped(ClockDoubt doubt, DateTimeOffset wall, long stamp)
    {
        var steady = At(_line, stamp);
        var lead = wall - steady;
        if (lead.Duration() <= _options.Doubt)
        {
            End(wall, stamp, $"The wall clock was set {Direction(doubt.Difference)} at {Say(doubt.Since)}, and is back since {Say(wall)}: due times made meanwhile are set right.");
            return wall;
        }

        if (StoreAgrees(wall, stamp) || SourcesAgree(lead, stamp))
        {
            End(wall, stamp, $"The wall clock was set {Direction(lead)} at {Say(doubt.Since)}, and another clock agrees with it since {Say(wall)}.");
            return wall;
        }

        if ((lead - doubt.Difference).Duration() > _options.Jump)
        {
            Begin(ClockConflict.Jumped, lead, steady, stamp, doubt.DecisionsWait,
                $"The wall clock was set again at {Say(steady)} and is now {Direction(lead)}; no other clock confirms it. The suite's time goes on as before,");
            return steady;
        }

        if (_machine.GetElapsedTime(doubt.Stamp, stamp) < _options.Grace)
        {
            return steady;
        }

        var left = _line;
        End(wall, stamp, $"The wall clock was set {Direction(lead)} at {Say(doubt.Since)}, nobody has set it back, and it is believed from {Say(wall)} on.");
        _left = left;
        return wall;
    }

    /// <summary>The wall clock against the store, or what the store has seen.</summary>
    private DateTimeOffset Differs(ClockDoubt doubt, DateTimeOffset wall, long stamp)
    {
        var steady = At(_line, stamp);
        if (doubt.Conflict == ClockConflict.StoreDiffers && (wall - steady).Duration() > _options.Doubt && !StoreAgrees(wall, stamp))
        {
            Begin(ClockConflict.Jumped, wall - steady, steady, stamp, doubt.DecisionsWait,
                $"The wall clock was set {Direction(wall - steady)} at {Say(steady)}, and no other clock confirms it. The suite's time goes on as before,");
            return steady;
        }

        var agree = doubt.Conflict == ClockConflict.StoreDiffers
            ? StoreAt(stamp) is not null && Differing(wall, stamp) is null
            : StoreAgrees(wall, stamp) || (wall >= _newest - _options.Behind && wall <= _newest + _options.Silence);
        if (agree)
        {
            End(wall, stamp, $"The clocks agree again since {Say(wall)}; {Say(doubt.Difference.Duration())} lay between them from {Say(doubt.Since)} on.");
        }
        else if (_machine.GetElapsedTime(doubt.Stamp, stamp) >= _options.Grace)
        {
            _acceptedDifference = doubt.Conflict == ClockConflict.StoreDiffers ? doubt.Difference : _acceptedDifference;
            End(wall, stamp, $"{Say(doubt.Difference.Duration())} lie between the wall clock and the store since {Say(doubt.Since)}, nobody has set them right, and the wall clock is believed.");
        }
        else
        {
            Anchor(wall, stamp);
        }

        return wall;
    }

    private void Begin(ClockConflict conflict, TimeSpan difference, DateTimeOffset since, long stamp, bool wait, string text)
    {
        text += $" and observations are to be sent again, until the clocks agree or {Say(_options.Grace)} have passed.";
        Volatile.Write(ref _doubt, new(conflict, difference, since, stamp, wait, text));
        Tell(new(true, text));
    }

    private void End(DateTimeOffset wall, long stamp, string text)
    {
        (_left, _sources, _proven) = (null, null, true);
        Volatile.Write(ref _line, new(wall, stamp, _uptime()));
        Volatile.Write(ref _doubt, null);
        Interlocked.Increment(ref _changes);
        Note(text, stamp);
    }

    private void Note(string text, long stamp)
    {
        _past = (text, stamp);
        Tell(new(false, text));
    }

    private void Tell(ClockEvent told)
    {
        if (_events.Count < MostEvents)
        {
            _events.Enqueue(told);
        }
    }

    private void Anchor(DateTimeOffset wall, long stamp)
    {
        if (_machine.GetElapsedTime(_line.Stamp, stamp) >= s_anchorEvery || (wall - At(_line, stamp)).Duration() > _options.Jump)
        {
            Volatile.Write(ref _line, new(wall, stamp, _uptime()));
        }
    }

    private static string Direction(TimeSpan lead) => $"{(lead > TimeSpan.Zero ? "forward" : "back")} by {Say(lead.Duration())}";

    private static string Say(DateTimeOffset time) => time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);

    private static string Say(TimeSpan time) => time.TotalDays >= 3
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:#,##0.#} days")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:#,##0} s");
}
