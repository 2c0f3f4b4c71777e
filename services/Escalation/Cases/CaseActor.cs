namespace EarlyWarning.Escalation.Cases;

/// <summary>Who acts in a case.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="Verified">The name was authenticated.</param>
/// <param name="Role">The role as which it acts; unspecified for one that has none.</param>
[GenerateSerializer, Immutable, Alias("case-actor")]
internal sealed record CaseActor(
    [property: Id(0)] string Name,
    [property: Id(1)] bool Verified,
    [property: Id(2)] V1.AccessRole Role = V1.AccessRole.Unspecified
);
