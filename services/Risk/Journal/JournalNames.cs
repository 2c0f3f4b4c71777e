namespace EarlyWarning.Risk.Journal;

/// <summary>The names of the countries' journals in the store.</summary>
internal static class JournalNames
{
    /// <summary>Starts the name of every country's journal.</summary>
    public const string Prefix = "risk/";

    public static string Of(string country) => Prefix + country;

    public static string CountryOf(string journal) => journal[Prefix.Length..];
}
