namespace EarlyWarning.Store.Clocks;

/// <content>Which clock is believed. All of it under the gate.</content>
public sealed partial class SuiteClock
{
    private const int MostEvents = 100;

    private readonly Queue<ClockEvent> _events = new();
    private (string Text, long Stamp)? _past;

    /// <summary>The time that went on until a wall clock was believed by grace: one that returns to it is right at once.</summary>
    private ClockSample? _left;

    private DateTimeOffset? _newest;
    private bool _proven;

    /// <summary>Takes the next event to report.</summary>
    internal bool TryTake(out ClockEvent taken)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out taken);
        }
    }

    private DateTimeOffset Judge(DateTimeOffset wall, long stamp) =>
        _doubt switch
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
                End(wall, stamp, ClockText.Believed(lead, steady, why));
                return wall;
            }

            Begin(ClockConflict.Jumped, lead, steady, stamp, wait: false, ClockText.Jumped(lead, steady));
            return steady;
        }

        if (Differing(wall, stamp) is { } difference)
        {
            Begin(ClockConflict.StoreDiffers, difference, wall, stamp, wait: !_proven, ClockText.StoreDiffers(difference, wall, !_proven));
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

        if (
            _uptime() - _line.Uptime - _machine.GetElapsedTime(_line.Stamp, stamp) is { } slept
            && (slept - lead).Duration() <= _options.Jump
        )
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

        return _left is { } left && (wall - At(left, stamp)).Duration() <= _options.Doubt
            ? "it is back from where it was set before, and due times made meanwhile are set right."
            : null;
    }

    private DateTimeOffset Jumped(ClockDoubt doubt, DateTimeOffset wall, long stamp)
    {
        var steady = At(_line, stamp);
        var lead = wall - steady;
        if (lead.Duration() <= _options.Doubt)
        {
            End(wall, stamp, ClockText.Back(doubt.Difference, doubt.Since, wall));
            return wall;
        }

        if (StoreAgrees(wall, stamp) || SourcesAgree(lead, stamp))
        {
            End(wall, stamp, ClockText.Confirmed(lead, doubt.Since, wall));
            return wall;
        }

        if ((lead - doubt.Difference).Duration() > _options.Jump)
        {
            Begin(ClockConflict.Jumped, lead, steady, stamp, doubt.DecisionsWait, ClockText.JumpedAgain(lead, steady));
            return steady;
        }

        if (_machine.GetElapsedTime(doubt.Stamp, stamp) < _options.Grace)
        {
            return steady;
        }

        var left = _line;
        End(wall, stamp, ClockText.Accepted(lead, doubt.Since, wall));
        _left = left;
        return wall;
    }

    /// <summary>The wall clock against the store, or what the store has seen.</summary>
    private DateTimeOffset Differs(ClockDoubt doubt, DateTimeOffset wall, long stamp)
    {
        var steady = At(_line, stamp);
        if (doubt.Conflict == ClockConflict.StoreDiffers && (wall - steady).Duration() > _options.Doubt && !StoreAgrees(wall, stamp))
        {
            Begin(ClockConflict.Jumped, wall - steady, steady, stamp, doubt.DecisionsWait, ClockText.Jumped(wall - steady, steady));
            return steady;
        }

        var agree =
            doubt.Conflict == ClockConflict.StoreDiffers
                ? StoreAt(stamp) is not null && Differing(wall, stamp) is null
                : StoreAgrees(wall, stamp) || (wall >= _newest - _options.Behind && wall <= _newest + _options.Silence);
        if (agree)
        {
            End(wall, stamp, ClockText.AgreeAgain(doubt.Difference, doubt.Since, wall));
        }
        else if (_machine.GetElapsedTime(doubt.Stamp, stamp) >= _options.Grace)
        {
            _acceptedDifference = doubt.Conflict == ClockConflict.StoreDiffers ? doubt.Difference : _acceptedDifference;
            End(wall, stamp, ClockText.DifferenceAccepted(doubt.Difference, doubt.Since));
        }
        else
        {
            Anchor(wall, stamp);
        }

        return wall;
    }

    private void Begin(ClockConflict conflict, TimeSpan difference, DateTimeOffset since, long stamp, bool wait, string text)
    {
        text += ClockText.Until(_options.Grace);
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
}
