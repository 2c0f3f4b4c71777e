using EarlyWarning.Access.Issuers;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Leases;
using EarlyWarning.Access.Roles;

namespace EarlyWarning.Access.Admission;

/// <summary>Somebody who is let in.</summary>
/// <param name="Name">The name on record.</param>
/// <param name="Grants">What they may.</param>
/// <param name="Admission">By what.</param>
internal sealed record AdmittedCaller(string Name, CallerGrants Grants, IAdmission Admission)
{
    /// <summary>The bearer of a key.</summary>
    public static AdmittedCaller ByKey(KeyInForce key, ApiKeys keys) => new(key.Kept.Name, keys.GrantsOf(key), key);

    /// <summary>Somebody for whom an issuer vouches.</summary>
    public static AdmittedCaller ByToken(TokenCaller caller, AccessFile file, TimeProvider time)
    {
        var grants = caller.GrantsBy(file.InForce.Rules);
        return new(
            caller.Name,
            CallerGrants.Of(grants),
            new RulesAdmission(rules => caller.IsSameBy(rules, grants), caller.Ends, file, time)
        );
    }

    /// <summary>The bearer of a certificate, where certificates alone let callers in.</summary>
    public static AdmittedCaller ByCertificate(string name, AccessFile file, ApiKeys keys, TimeProvider time)
    {
        var rules = file.InForce.Rules;
        if (file.IsAbsent)
        {
            return new(
                OnRecord(name),
                CallerGrants.Certified,
                new RulesAdmission(now => ReferenceEquals(now, rules), DateTimeOffset.MaxValue, file, time, keys.Closed)
            );
        }

        var grants = rules.GrantsOfCertificate(name);
        return new(
            OnRecord(name),
            CallerGrants.Of(grants),
            new RulesAdmission(now => now.GrantsOfCertificate(name).SequenceEqual(grants), DateTimeOffset.MaxValue, file, time, keys.Closed)
        );
    }

    // Whoever has an '@' in a name is otherwise somebody for whom an issuer vouches.
    private static string OnRecord(string name) =>
        name.Contains('@', StringComparison.Ordinal) ? $"{name}@{AccessRules.OfCertificates}" : name;
}
