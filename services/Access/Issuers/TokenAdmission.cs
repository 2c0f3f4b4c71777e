using EarlyWarning.Access.Calls;
using EarlyWarning.Access.Roles;

namespace EarlyWarning.Access.Issuers;

/// <summary>What somebody for whom an issuer vouches was let in by.</summary>
/// <param name="caller">The caller.</param>
/// <param name="grants">What the caller was found to be allowed.</param>
/// <param name="file">The rules.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenAdmission(TokenCaller caller, IReadOnlyList<Grant> grants, AccessFile file, TimeProvider time) : IAdmission
{
    public IHolding Hold() => new TokenHolding(caller, grants, file, time);
}

/// <summary>Ends when the issuer does not vouch any longer, or when other rules do not let the caller in as the same.</summary>
internal sealed class TokenHolding : IHolding
{
    // A timer of the runtime takes no more than some weeks. What is open longer than that is ended, and may be begun again.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(20);

    private readonly TokenCaller _caller;
    private readonly IReadOnlyList<Grant> _grants;
    private readonly AccessFile _file;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _expired;
    private CancellationTokenRegistration _followed;

    public TokenHolding(TokenCaller caller, IReadOnlyList<Grant> grants, AccessFile file, TimeProvider time)
    {
        (_caller, _grants, _file) = (caller, grants, file);
        Ended = _ended.Token;
        _expired = new(TimeSpan.FromTicks(Math.Clamp((caller.Ends - time.GetUtcNow()).Ticks, 0, s_longest.Ticks)), time);
        _expired.Token.UnsafeRegister(static holding => ((TokenHolding)holding!).End(), this);
        Follow();
    }

    public CancellationToken Ended { get; }

    public void Dispose()
    {
        _followed.Unregister();
        _expired.Dispose();
        _ended.Dispose();
    }

    private void Follow()
    {
        var inForce = _file.InForce;
        if (_caller.IsSameBy(inForce.Rules, _grants))
        {
            _followed = inForce.Replaced.UnsafeRegister(static holding => ((TokenHolding)holding!).Follow(), this);
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
