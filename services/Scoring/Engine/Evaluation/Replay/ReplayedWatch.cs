using EarlyWarning.Scoring.Engine.Watching;

namespace EarlyWarning.Scoring.Engine.Evaluation.Replay;

/// <summary>
/// A watch on one country that is played over its history: at each point it sees what became known then. Played once. Not thread-safe.
/// </summary>
public abstract class ReplayedWatch : IWatched
{
    /// <inheritdoc />
    public WatchStage Stage { get; private set; }

    /// <inheritdoc />
    public long Since { get; private set; }

    /// <inheritdoc />
    public virtual long Duration => 0;

    /// <summary>Gets the sign by which more danger is a higher score.</summary>
    public virtual int Sign => 1;

    /// <summary>Lets it see what became known at a point of the history.</summary>
    /// <param name="point">The number of the point, each one higher than the last.</param>
    public abstract void Observe(int point);

    /// <inheritdoc />
    public abstract ConditionReading Read(long clock);

    /// <inheritdoc />
    public abstract bool IsPassedBack(long clock);

    /// <summary>Refuses what could never work.</summary>
    protected internal virtual void Check() { }

    /// <summary>Goes a step.</summary>
    internal void Take(WatchStep step, long clock)
    {
        if (step == WatchStep.Stay)
            return;
        (Stage, Since) = (
            step switch
            {
                WatchStep.Wait => WatchStage.Pending,
                WatchStep.Fire => WatchStage.Firing,
                _ => WatchStage.Inactive,
            },
            clock
        );
    }
}
