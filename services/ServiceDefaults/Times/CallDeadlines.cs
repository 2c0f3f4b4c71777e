using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Times;

/// <summary>What is left of a call's time.</summary>
public static class CallDeadlines
{
    /// <summary>
    /// Gives the time left until a call's deadline, below 0 once it is over; <see langword="null"/> where it has none. Deadlines are of the
    /// system's clock, whatever the suite's time is: where the two differ by hours, so would this.
    /// </summary>
    public static TimeSpan? Left(this ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Deadline == DateTime.MaxValue ? null : context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
    }
}
