namespace EarlyWarning.Store.Committing;

/// <content>How writing is stopped for a reason that is not the database's own.</content>
internal sealed partial class Committer
{
    private string? _halted;
    private int _disturbed;

    /// <summary>Whether no unit is taken.</summary>
    public bool IsHalted => Volatile.Read(ref _halted) is not null;

    /// <summary>Whether a write has failed since this was asked last.</summary>
    public bool TakeDisturbed() => Interlocked.Exchange(ref _disturbed, 0) == 1;

    /// <summary>
    /// A small write has succeeded and none has failed for a while: what was wrong is over, though no unit has come to show it. Called on
    /// the committer's thread.
    /// </summary>
    public void Proved()
    {
        if (_database.Refusal is { } refusal)
        {
            Tell(refusal);
        }
        else
        {
            Good();
        }
    }

    /// <summary>From here on no unit is taken, until <see cref="Resume"/>; jobs still run.</summary>
    public void Halt(string reason)
    {
        if (Interlocked.Exchange(ref _halted, reason) is null)
        {
            LogStoreUnavailable(reason);
        }
    }

    /// <summary>Units are taken again.</summary>
    public void Resume()
    {
        if (Interlocked.Exchange(ref _halted, null) is not null)
        {
            LogAvailable();
        }
    }
}
