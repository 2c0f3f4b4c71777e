using EarlyWarning.Access.Roles;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.V1;

namespace EarlyWarning.Access.Tests.Keys;

/// <content>The roles of keys.</content>
public sealed partial class KeyFileTests
{
    [Fact]
    public async Task Add_NameThatHasAKey_WithoutRoles_GetsThoseOfTheOther()
    {
        IReadOnlyList<Grant> roles = [new(AccessRole.FocalPoint, ["KEN"], "EAC", ["recipients/focal-point-ken"])];
        await _file.AddAsync("desk", roles, null, Cancel);

        var (second, _) = await _file.AddAsync("desk", [], null, Cancel);

        Assert.Equal(roles, second.Roles);
        Assert.Equal(roles, _file.Read()![1].Roles);
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.AddAsync("another", [], null, Cancel));
    }

    [Fact]
    public async Task Grant_OfANamesKeys_AddsARole_OrBindsItAnew_AndRevokeTakesIt()
    {
        await _file.AddAsync("desk", Any.Role, null, Cancel);

        await _file.GrantAsync("desk", new(AccessRole.Operator, ["KEN"], "", []), Cancel);
        var bound = await _file.GrantAsync("desk", new(AccessRole.Operator, ["UGA"], "", []), Cancel);
        var left = await _file.RevokeAsync("desk", AccessRole.Partner, Cancel);

        Assert.Equal([.. Any.Role, new(AccessRole.Operator, ["UGA"], "", [])], bound);
        Assert.Equal([new(AccessRole.Operator, ["UGA"], "", [])], left);
        Assert.Equal(left, Assert.Single(_file.Read()!).Roles);
        var only = await Assert.ThrowsAsync<InvalidDataException>(() => _file.RevokeAsync("desk", AccessRole.Operator, Cancel));
        Assert.Contains("keys remove 'desk'", only.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.RevokeAsync("desk", AccessRole.Reviewer, Cancel));
        await Assert.ThrowsAsync<InvalidDataException>(() => _file.GrantAsync("nobody", Any.Role[0], Cancel));
    }

    [Theory]
    [InlineData("Kenya", "", "", "alpha-3")]
    [InlineData("ken", "", "", "alpha-3")]
    [InlineData("KEN", " EAC", "", "organisation")]
    [InlineData("KEN", "", "focal-point-ken", "recipients/")]
    [InlineData("KEN", "", "recipients/a/b", "recipients/")]
    public async Task Add_RoleThatCannotBeUsed_IsRefusedInWords(string country, string organisation, string recipient, string fault)
    {
        Grant role = new(AccessRole.FocalPoint, [country], organisation, recipient.Length > 0 ? [recipient] : []);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _file.AddAsync("desk", [role], null, Cancel));

        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.Null(_file.Read());
    }
}
