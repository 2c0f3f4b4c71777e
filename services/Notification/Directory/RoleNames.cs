using EarlyWarning.Yaml;

namespace EarlyWarning.Notification.Directory;

/// <summary>The roles as people read them, and as the directory file writes them.</summary>
internal static class RoleNames
{
    /// <summary>The role in words, with its article left out.</summary>
    public static string Plain(V1.Role role) =>
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
    public static string InFile(V1.Role role) => KnownWords.Kebab(role.ToString());
}
