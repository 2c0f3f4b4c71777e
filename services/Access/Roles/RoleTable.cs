using System.Collections.Frozen;
using EarlyWarning.V1;
using static EarlyWarning.V1.AccessRole;

namespace EarlyWarning.Access.Roles;

/// <summary>Which permissions each role holds: the one table that SECURITY.md shows.</summary>
public static class RoleTable
{
    private static readonly AccessRole[] s_all = [Partner, FocalPoint, Operator, Reviewer, DecisionMaker, Administrator];
    private static readonly AccessRole[] s_readers = [FocalPoint, Operator, Reviewer, DecisionMaker, Administrator];

    private static readonly FrozenDictionary<Permission, AccessRole[]> s_holders = new Dictionary<Permission, AccessRole[]>
    {
        [Permission.Connect] = s_all,
        [Permission.CatalogueRead] = s_all,
        [Permission.CatalogueWrite] = [Administrator],
        [Permission.ObservationWrite] = [Partner],
        [Permission.ObservationRead] = s_all,
        [Permission.RiskRead] = s_readers,
        [Permission.Analyse] = s_readers,
        [Permission.WarningRead] = s_readers,
        [Permission.CaseAcknowledge] = [FocalPoint, Operator, DecisionMaker],
        [Permission.CaseDecide] = [FocalPoint, Operator, DecisionMaker],
        [Permission.CaseStandDown] = [Operator, DecisionMaker],
        [Permission.NotificationRedeliver] = [Operator],
        [Permission.EventManage] = [Operator],
        [Permission.StatusRead] = [Operator, Administrator],
        [Permission.SuiteArm] = [Operator, Administrator],
        [Permission.SuiteManage] = [Administrator],
    }.ToFrozenDictionary();

    /// <summary>Lists the roles that hold a permission; none for one that is not stated.</summary>
    public static IReadOnlyList<AccessRole> HoldersOf(Permission permission) => s_holders.GetValueOrDefault(permission, []);

    /// <summary>Whether a role holds a permission.</summary>
    public static bool Holds(AccessRole role, Permission permission) => HoldersOf(permission).Contains(role);

    /// <summary>
    /// Whether a role answers for recipients that it is not bound to, where the request says how the caller knows: an operator who has
    /// reached somebody by telephone.
    /// </summary>
    public static bool RecordsForOthers(AccessRole role) => role == Operator;
}
