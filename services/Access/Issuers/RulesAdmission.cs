using EarlyWarning.Access.Leases;

namespace EarlyWarning.Access.Issuers;

/// <summary>What somebody was let in by for whom others vouch.</summary>
/// <param name="isSame">Whether rules let the caller in as the same, with the same roles.</param>
/// <param name="ends">Until when the caller is vouched for.</param>
/// <param name="file">The rules.</param>
/// <param name="time">The clock.</param>
/// <param name="over">Ends with what else the caller was let in by.</param>
internal sealed class RulesAdmission(
    Func<AccessRules, bool> isSame,
    DateTimeOffset ends,
    AccessFile file,
    TimeProvider time,
    CancellationToken over = default
) : IAdmission
{
    // A timer of the runtime takes no more than some weeks. What is open longer than that is ended, and may be begun again.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(20);

    public ICallLease Hold() =>
        new Holding(isSame, file, TimeSpan.FromTicks(Math.Clamp((ends - time.GetUtcNow()).Ticks, 0, s_longest.Ticks)), time, over);

    /// <summary>Ends when the caller is vouched for no longer, or when other rules do not let it in as the same.</summary>
    private sealed class Holding : ICallLease
    {
        private readonly Func<AccessRules, bool> _isSame;
        private readonly AccessFile _file;
        private readonly CancellationTokenSource _ended = new();
        private readonly CancellationTokenSource _expired;
        private readonly CancellationTokenRegistration _over;
        private CancellationTokenRegistration _followed;

        public Holding(Func<AccessRules, bool> isSame, AccessFile file, TimeSpan left, TimeProvider time, CancellationToken over)
        {
            (_isSame, _file) = (isSame, file);
            Ended = _ended.Token;
            _expired = new(left, time);
            _expired.Token.UnsafeRegister(static holding => ((Holding)holding!).End(), this);
            _over = over.UnsafeRegister(static holding => ((Holding)holding!).End(), this);
            Follow();
        }

        public CancellationToken Ended { get; }

        public void Dispose()
        {
            _followed.Unregister();
            _over.Unregister();
            _expired.Dispose();
            _ended.Dispose();
        }

        private void Follow()
        {
            var inForce = _file.InForce;
            if (_isSame(inForce.Rules))
            {
                _followed = inForce.Replaced.UnsafeRegister(static holding => ((Holding)holding!).Follow(), this);
            }
            else
            {
                End();
            }
        }

        private void End()
        {
            try
            {
                _ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // What was open is over by itself.
            }
        }
    }
}
