namespace EarlyWarning.Notification.Directory;

/// <summary>The roles as the directory file writes them and as people read them.</summary>
internal static class RoleNames
{
    private static readonly Dictionary<string, V1.Role> s_roles = new(StringComparer.Ordinal)
    {
        ["operator"] = V1.Role.Operator,
        ["focal_point"] = V1.Role.FocalPoint,
        ["competent_authority"] = V1.Role.CompetentAuthority,
        ["regional_organisation"] = V1.Role.RegionalOrganisation,
        ["un_office"] = V1.Role.UnOffice,
        ["decision_maker"] = V1.Role.DecisionMaker,
    };

    /// <summary>All of them, for a fault's text.</summary>
    public static string All { get; } = string.Join(", ", s_roles.Keys);

    public static bool TryParse(string text, out V1.Role role) => s_roles.TryGetValue(text, out role);

    /// <summary>The role in words, with its article left out.</summary>
    public static string Words(V1.Role role) =>
        role switch
        {
            V1.Role.Operator => "operator",
            V1.Role.FocalPoint => "national focal point",
            V1.Role.CompetentAuthority => "competent national authority",
            V1.Role.RegionalOrganisation => "regional organisation",
            V1.Role.UnOffice => "UN Office on Genocide Prevention and the Responsibility to Protect",
            V1.Role.DecisionMaker => "decision maker",
            _ => "recipient",
        };

    /// <summary>The role as the file writes it.</summary>
    public static string InFile(V1.Role role) => s_roles.FirstOrDefault(r => r.Value == role).Key ?? "";
}
