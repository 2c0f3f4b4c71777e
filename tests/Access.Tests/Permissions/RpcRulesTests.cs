using EarlyWarning.Access.Permissions;
using EarlyWarning.Access.Roles;
using EarlyWarning.V1;
using Google.Protobuf.Reflection;

namespace EarlyWarning.Access.Tests.Permissions;

/// <summary>What rpcs state of their callers can be held: the fields are there, and say what they are taken for.</summary>
public sealed class RpcRulesTests
{
    public static TheoryData<string> Rpcs => [.. RpcRules.All.Keys];

    [Fact]
    public void All_OfTheContract_AreFound() => Assert.True(RpcRules.All.Count >= 70, $"{RpcRules.All.Count} rpcs");

    [Theory]
    [MemberData(nameof(Rpcs))]
    public void Rule_OfEachRpc_IsStated(string rpc)
    {
        var rule = RpcRules.All[rpc];

        Assert.NotEmpty(RoleTable.HoldersOf(rule.Permission));
        Assert.NotEqual(Concern.Unspecified, rule.Concern);
        Assert.Equal(rule.Concern is Concern.Countries or Concern.Resource, rule.Field.Length > 0);
        Assert.True(rule.NoteField.Length == 0 || rule.RecipientField.Length > 0, "a note is of an answer for a recipient");
        Assert.All(rule.Conditions, condition => Assert.True(condition.Named || condition.Permission != Permission.Unspecified));
    }

    [Theory]
    [MemberData(nameof(Rpcs))]
    public void Fields_OfEachRule_AreTextsOfTheRequest(string rpc)
    {
        var (rule, request) = (RpcRules.All[rpc], RequestOf(rpc));

        foreach (var name in new[] { rule.Field, rule.AmongField, rule.RecipientField, rule.NoteField }.Where(name => name.Length > 0))
        {
            Assert.Equal(FieldType.String, request.FindFieldByName(name)?.FieldType);
        }

        Assert.True(rule.AmongField.Length == 0 || request.FindFieldByName(rule.AmongField).IsRepeated);
        Assert.All(rule.Conditions, condition => Assert.NotNull(FieldAt(request, condition.Field)));
    }

    /// <summary>
    /// Whatever lists or follows countries can be narrowed to some, or it would have to be kept from who is bound to them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Rpcs))]
    public void Countries_OfARequest_AreWhatItsRuleNames(string rpc)
    {
        var (rule, request) = (RpcRules.All[rpc], RequestOf(rpc));

        foreach (var name in new[] { "country", "countries" }.Where(name => request.FindFieldByName(name) is not null))
        {
            Assert.True(
                rule.Concern is Concern.World or Concern.None || rule.Field == name || rule.AmongField == name,
                $"{rpc} has '{name}', and its rule says nothing of it"
            );
        }
    }

    private static MessageDescriptor RequestOf(string rpc) =>
        typeof(Breach)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods)
            .Single(method => $"/{method.Service.FullName}/{method.Name}" == rpc)
            .InputType;

    private static FieldDescriptor? FieldAt(MessageDescriptor message, string path)
    {
        var names = path.Split('.');
        var field = message.FindFieldByName(names[0]);
        return names.Length == 1 || field is null ? field : FieldAt(field.MessageType, string.Join('.', names[1..]));
    }
}
