using EarlyWarning.Access.Roles;
using EarlyWarning.V1;

namespace EarlyWarning.Access.Tests.Roles;

public sealed class RoleTableTests
{
    public static TheoryData<Permission> Permissions =>
        [.. Enum.GetValues<Permission>().Where(permission => permission != Permission.Unspecified)];

    [Theory]
    [MemberData(nameof(Permissions))]
    public void HoldersOf_EachPermission_AreSomebody(Permission permission) => Assert.NotEmpty(RoleTable.HoldersOf(permission));

    [Fact]
    public void HoldersOf_PermissionThatIsNotStated_AreNobody() => Assert.Empty(RoleTable.HoldersOf(Permission.Unspecified));

    [Theory]
    [MemberData(nameof(Permissions))]
    public void Reviewer_OfWhatChangesSomething_HoldsNothing(Permission permission) =>
        Assert.Equal(
            permission
                is Permission.Connect
                    or Permission.CatalogueRead
                    or Permission.ObservationRead
                    or Permission.RiskRead
                    or Permission.Analyse
                    or Permission.WarningRead,
            RoleTable.Holds(AccessRole.Reviewer, permission)
        );

    [Theory]
    [InlineData(AccessRole.FocalPoint, "focal-point")]
    [InlineData(AccessRole.DecisionMaker, "decision-maker")]
    [InlineData(AccessRole.Administrator, "administrator")]
    public void RoleNames_OfARole_AreReadAsTheyAreWritten(AccessRole role, string name)
    {
        Assert.Equal(name, AccessRoleNames.Of(role));
        Assert.Equal(role, AccessRoleNames.Parse(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Operator")]
    [InlineData("unspecified")]
    public void Parse_WhatIsNoRole_IsNull(string name) => Assert.Null(AccessRoleNames.Parse(name));
}
