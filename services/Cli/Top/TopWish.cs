using EarlyWarning.V1;

namespace EarlyWarning.Cli.Top;

/// <summary>What a key asks for that the state alone cannot give.</summary>
internal abstract record TopWish;

internal sealed record QuitWish : TopWish;

internal sealed record RedrawWish : TopWish;

internal sealed record ExplainWish(string Country) : TopWish;

internal sealed record CaseWish(string Name) : TopWish;

/// <summary>Asks who of the directory may answer, before a person is asked as whom.</summary>
internal sealed record RecipientWish(Case Of) : TopWish;

/// <summary>Acknowledges all open causes of a case as it was on the screen.</summary>
internal sealed record AcknowledgeWish(Case Of, string Recipient, string Note) : TopWish;
