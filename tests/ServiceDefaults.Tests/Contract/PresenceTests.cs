using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Google.Api;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Tests.Contract;

/// <summary>Absent is not zero: each number of each request can be told from absent, or says here what its 0 means.</summary>
public sealed class PresenceTests
{
    private const string Default = "0 asks for the default, which its comment states";
    private const string Lowest = "0 is the lowest revision or position, from which everything counts";

    private static readonly Dictionary<string, string> s_zeroIsMeant = new()
    {
        ["page_size"] = Default,
        ["Observation.revision"] = Lowest,
        ["minimum_revision"] = Lowest,
        ["CountryRevision.revision"] = Lowest,
        ["AuditLink.position"] = "0 is the place before the first entry",
        ["StreamObservationsRequest.sequence"] = "0 is refused: sequences start at 1",
        ["Uncertainties.weight_noise"] = "0 leaves the weights as they are",
        ["MethodChoice.exponent"] = "0 is refused where the generalised mean is chosen, and elsewhere nothing else is taken",
        ["draws"] = Default,
        ["base_draws"] = Default,
        ["seed"] = "0 takes a seed made of what is drawn, or is a seed like any other",
        ["QuantifyUncertaintyRequest.confidence"] = Default,
        ["OptimiseWeightsRequest.maximum_evaluations"] = Default,
        ["top"] = Default,
        ["step_months"] = Default,
        ["FitOptions.folds"] = Default,
        ["bins"] = Default,
        ["FitOptions.members"] = "0 fits one model, as 1 does",
    };

    [Fact]
    public void Numbers_OfEveryRequest_HavePresenceOrAReason()
    {
        var fields = Requests()
            .SelectMany(request => FieldsOf(request, []))
            .Distinct()
            .Where(field => !field.HasPresence && !field.IsRepeated && IsNumber(field) && !IsOutput(field))
            .ToList();

        Assert.Equal("", string.Join(' ', fields.Where(field => ReasonOf(field) is null).Select(Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Reasons_EachIsOfAFieldThatIsThere()
    {
        var fields = Requests().SelectMany(request => FieldsOf(request, [])).Where(field => !field.HasPresence).ToList();

        Assert.All(s_zeroIsMeant.Keys, key => Assert.Contains(fields, field => field.Name == key || Key(field) == key));
    }

    [Fact]
    public void Enums_OfEveryRequest_HaveNothingAtZero()
    {
        var enums = Requests()
            .SelectMany(request => FieldsOf(request, []))
            .Where(field => field.FieldType == FieldType.Enum)
            .Select(field => field.EnumType)
            .Distinct();

        Assert.All(enums, type => Assert.EndsWith("_UNSPECIFIED", type.FindValueByNumber(0).Name, StringComparison.Ordinal));
    }

    [Fact]
    public void RequiredNumbers_WithoutPresence_RefuseZero()
    {
        var fields = Requests()
            .SelectMany(request => FieldsOf(request, []))
            .Distinct()
            .Where(field => RequiredFields.IsRequired(field) && IsNumber(field) && !field.HasPresence && !field.IsRepeated);

        Assert.Equal(["StreamObservationsRequest.sequence"], fields.Select(Key));
    }

    [Fact]
    public void Missing_FrameworkWithoutNumbers_NamesEachByItsPath()
    {
        var request = new CreateFrameworkRequest
        {
            Framework = new()
            {
                Logistic = new()
                {
                    Coefficients =
                    {
                        new Coefficient { Indicator = "a", Value = 0 },
                        new Coefficient { Indicator = "b" },
                    },
                },
                Bands = { new Band { Level = "low" } },
            },
        };

        Assert.Equal(
            ["framework.logistic.intercept", "framework.logistic.coefficients[1].value", "framework.bands[0].lower_bound"],
            RequiredFields.ViolationsOf(request).Select(violation => violation.Field)
        );
    }

    private static bool IsNumber(FieldDescriptor field) =>
        field.FieldType is not (FieldType.Message or FieldType.String or FieldType.Enum or FieldType.Bool or FieldType.Bytes);

    private static bool IsOutput(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.OutputOnly) == true;

    private static string? ReasonOf(FieldDescriptor field) =>
        s_zeroIsMeant.GetValueOrDefault(Key(field)) ?? s_zeroIsMeant.GetValueOrDefault(field.Name);

    private static string Key(FieldDescriptor field) => field.FullName[(field.File.Package.Length + 1)..];

    private static IEnumerable<MessageDescriptor> Requests() =>
        typeof(Observation)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Observation).Namespace && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .Select(method => method.InputType);

    private static IEnumerable<FieldDescriptor> FieldsOf(MessageDescriptor message, HashSet<MessageDescriptor> seen) =>
        !seen.Add(message) || !message.File.Package.StartsWith("earlywarning", StringComparison.Ordinal)
            ? []
            : message
                .Fields.InDeclarationOrder()
                .SelectMany(field => field.FieldType == FieldType.Message ? FieldsOf(field.MessageType, seen).Prepend(field) : [field]);
}
