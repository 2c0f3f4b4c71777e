namespace EarlyWarning.Contracts.Countries;

/// <summary>A country that the suite knows.</summary>
/// <param name="Code">The ISO 3166-1 alpha-3 code; XKX for Kosovo; for a former State the withdrawn code, or one of our own.</param>
/// <param name="Name">The English short name.</param>
/// <param name="CowNumber">The number in the Correlates of War list of States; 0 where it has none. A former State may share it with the one that continues it.</param>
/// <param name="Former">A State that no longer exists, kept because history speaks of it.</param>
public sealed record CountryInfo(string Code, string Name, int CowNumber, bool Former);
