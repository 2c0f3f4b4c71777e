namespace EarlyWarning.Access.Issuers;

/// <summary>Rules with the keys of their issuers, until others replace them. Immutable but for that.</summary>
#pragma warning disable CA1001 // The source of a token that has neither timer nor handle leaves nothing but memory.
internal sealed class RulesInForce(AccessRules rules, IReadOnlyList<IssuerInForce> issuers)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _replaced = new();

    /// <summary>Gets the rules.</summary>
    public AccessRules Rules => rules;

    /// <summary>Gets the issuers.</summary>
    public IReadOnlyList<IssuerInForce> Issuers => issuers;

    /// <summary>Gets by which issuer people sign in to the board; <see langword="null"/> where they do not.</summary>
    public IssuerInForce? SignIn => issuers.FirstOrDefault(one => one.Issuer.SignIn is not null);

    /// <summary>Gets what ends when other rules are in force.</summary>
    public CancellationToken Replaced => _replaced.Token;

    /// <summary>Makes rules by which nobody is let in.</summary>
    public static RulesInForce Nobody() => new(AccessRules.Nobody, []);

    /// <summary>Finds the issuer of a token by what the token says, which nobody has checked yet.</summary>
    public IssuerInForce? Find(string issuer) => issuers.FirstOrDefault(one => one.Issuer.Url == issuer.TrimEnd('/'));

    /// <summary>
    /// Says that other rules are in force: each that listens on a thread of its own, so that none holds up whoever looks at the file.
    /// </summary>
    public void End() => _ = _replaced.CancelAsync();
}

/// <summary>An issuer and its keys.</summary>
internal sealed record IssuerInForce(Issuer Issuer, IssuerKeys Keys);
