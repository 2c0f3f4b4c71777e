using EarlyWarning.Risk.Journal;

namespace EarlyWarning.Risk.Countries;

/// <content>When nothing happens: what was decided goes into the journal, and the store is told when to look again.</content>
internal sealed partial class CountryGrain
{
    private IGrainTimer? _quietTimer;
    private bool _quiet;
    private bool _quietDone;
    private long _lastInput;

    /// <summary>The store names this country as due now, so that a crash at any moment is found at the start.</summary>
    private bool _dueMarked;

    private async Task MarkDueAsync()
    {
        if (!_dueMarked)
        {
            await parts.DueTimes.SetAsync(Names.DueQueue, Country, UtcNow, _stopping);
            _dueMarked = true;
        }
    }

    private void ArmQuiet()
    {
        if (_stopping.IsCancellationRequested || _quietDone)
        {
            return;
        }

        _quietTimer ??= this.RegisterGrainTimer(BecomeQuietAsync, new() { DueTime = parts.Options.Quiet, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        _quietTimer.Change(parts.Options.Quiet, Timeout.InfiniteTimeSpan);
    }

    private Task BecomeQuietAsync(CancellationToken cancellationToken)
    {
        if (_state is null || _running)
        {
            return Task.CompletedTask;
        }

        _quiet = true;
        return NextStepAsync();
    }

    /// <summary>
    /// Sets the due time to the next moment at which time alone changes anything, or takes the country out; while something is unpublished it stays
    /// due. Called in each round, and does something once nothing has happened for a while.
    /// </summary>
    private async Task FinishQuietAsync()
    {
        if (!_quiet || _waiting.Count > 0 || Now - _lastInput < parts.Options.Quiet.Ticks / 2)
        {
            return;
        }

        _quiet = false;
        if (_deferred is not null)
        {
            await AppendAsync(new Entry());
        }

        if (_state!.Unpublished.Count > 0)
        {
            Publish();
            return;
        }

        var next = _state.NextMoment(Now);
        if (next <= DateTime.MaxValue.Ticks)
        {
            await parts.DueTimes.SetAsync(Names.DueQueue, Country, new(Math.Max(next, UtcNow.UtcTicks), TimeSpan.Zero), _stopping);
        }
        else
        {
            await parts.DueTimes.RemoveAsync(Names.DueQueue, Country, _stopping);
        }

        (_dueMarked, _quietDone) = (false, true);
    }
}
