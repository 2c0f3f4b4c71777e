namespace EarlyWarning.Access.Roles;

/// <summary>What a grant has to be, whoever writes it.</summary>
public static class GrantRules
{
    private const string RecipientPrefix = "recipients/";
    private const int LongestName = 100;
    private const int MostNames = 300;

    /// <summary>Says what is wrong with a grant, one sentence each; nothing where it can be used.</summary>
    public static IEnumerable<string> FaultsOf(Grant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        foreach (var code in grant.Countries.Where(code => !IsCode(code)))
        {
            yield return $"'{code}' is not a country: give ISO 3166-1 alpha-3 codes, such as KEN.";
        }

        foreach (var recipient in grant.Recipients.Where(recipient => !IsRecipient(recipient)))
        {
            yield return $"'{recipient}' is not a recipient: give it as the directory has it, such as recipients/focal-point-ken.";
        }

        if (
            grant.Organisation.Length > LongestName
            || grant.Organisation.Any(char.IsControl)
            || grant.Organisation != grant.Organisation.Trim()
        )
        {
            yield return $"The organisation must be a short name of the directory, of at most {LongestName} characters.";
        }

        if (grant.Countries.Count > MostNames || grant.Recipients.Count > MostNames)
        {
            yield return $"A role is bound to at most {MostNames} countries and {MostNames} recipients.";
        }
    }

    private static bool IsCode(string code) => code.Length == 3 && code.All(char.IsAsciiLetterUpper);

    private static bool IsRecipient(string name) =>
        name.StartsWith(RecipientPrefix, StringComparison.Ordinal)
        && name.Length > RecipientPrefix.Length
        && name.Length <= LongestName + RecipientPrefix.Length
        && !name.AsSpan(RecipientPrefix.Length).ContainsAny('/', ':')
        && !name.Any(char.IsControl);
}
