using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Tests.Contract;

/// <summary>
/// The contract says of each field of a request whether it must be given, of each resource what the suite alone sets, and keeps to it.
/// </summary>
public sealed class FieldBehaviorTests
{
    /// <summary>Messages that are read alone: the suite makes all of them.</summary>
    private static readonly MessageDescriptor[] s_readAlone =
    [
        Breach.Descriptor,
        Case.Descriptor,
        Country.Descriptor,
        CountryRisk.Descriptor,
        Notification.Descriptor,
        Recipient.Descriptor,
    ];

    private static readonly MethodDescriptor[] s_methods =
    [
        .. Files().SelectMany(file => file.Services).SelectMany(service => service.Methods),
    ];

    /// <summary>
    /// Writes of what is there, by the field that has the etag; what is created has none, and what is written whole by nobody has none.
    /// </summary>
    private static readonly Dictionary<string, string> s_etags = new()
    {
        ["AcknowledgeCase"] = "etag",
        ["WithdrawAcknowledgement"] = "etag",
        ["DecideCase"] = "etag",
        ["StandDownCase"] = "etag",
        ["ReopenCase"] = "etag",
        ["ReadNotification"] = "etag",
        ["AcknowledgeNotification"] = "etag",
        ["RedeliverNotification"] = "etag",
        ["CreateFramework"] = "framework.etag",
        ["RetireFramework"] = "etag",
        ["RebaseFramework"] = "etag",
        ["FitModel"] = "etag",
        ["UpdateThreshold"] = "threshold.etag",
        ["RetireThreshold"] = "etag",
        ["ArmSuite"] = "etag",
    };

    private static readonly string[] s_writesWithoutEtag =
    [
        "CreateIndicators",
        "CreateThreshold",
        "LoadFrameworkFile",
        "RedeliverNotifications",
        "UnarmSuite",
        "ResumeStore",
        "StartOperation",
        "RetryEvent",
        "DismissEvent",
    ];

    [Fact]
    public void Fields_OfEveryRequest_SayWhetherTheyMustBeGiven() =>
        Assert.Equal(
            "",
            Names(
                Requests()
                    .Concat(OfRequestsAlone())
                    .SelectMany(FieldsOf)
                    .Where(field => !BehaviorsOf(field).Intersect([FieldBehavior.Required, FieldBehavior.Optional]).Any())
            )
        );

    [Fact]
    public void Fields_OfWhatIsReadAlone_AreTheSuites() =>
        Assert.Equal(
            "",
            Names(
                s_readAlone
                    .SelectMany(FieldsOf)
                    .Where(field => !BehaviorsOf(field).Intersect([FieldBehavior.OutputOnly, FieldBehavior.Identifier]).Any())
            )
        );

    [Fact]
    public void Names_OfResources_AreIdentifiers() =>
        Assert.All(s_readAlone.Append(Framework.Descriptor).Append(Threshold.Descriptor), resource =>
            Assert.Contains(
                FieldBehavior.Identifier,
                BehaviorsOf(resource.FindFieldByName(resource == Country.Descriptor ? "code" : "name"))
            )
        );

    [Fact]
    public void Requests_WithNothingInThem_AreRefusedForEachRequiredField() =>
        Assert.All(Requests(), request =>
            Assert.Equal(
                FieldsOf(request).Where(RequiredFields.IsRequired).Select(field => field.Name).Order(StringComparer.Ordinal),
                RequiredFields
                    .ViolationsOf((IMessage)Activator.CreateInstance(request.ClrType)!)
                    .Select(violation => violation.Field)
                    .Order(StringComparer.Ordinal)
            )
        );

    [Fact]
    public void Writes_EachOne_TakesARequestIdAndTheEtagOfWhatItWrites()
    {
        var writes = s_methods.Where(method => method.InputType.FindFieldByName("request_id") is not null).ToList();

        Assert.Equal(
            s_etags.Keys.Concat(s_writesWithoutEtag).Order(StringComparer.Ordinal),
            writes.Select(write => write.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(writes, write => Assert.Equal(s_etags.GetValueOrDefault(write.Name), EtagOf(write.InputType)));
    }

    private static string? EtagOf(MessageDescriptor request)
    {
        var within = FieldsOf(request)
            .FirstOrDefault(field =>
                field is { IsRepeated: false, FieldType: FieldType.Message } && field.MessageType.FindFieldByName("etag") is not null
            );
        return request.FindFieldByName("etag") is not null ? "etag"
            : within is not null && request != CreateThresholdRequest.Descriptor && request != StartOperationRequest.Descriptor
                ? $"{within.Name}.etag"
            : null;
    }

    /// <summary>What services take within their requests and never answer with.</summary>
    private static IEnumerable<MessageDescriptor> OfRequestsAlone() =>
        Within(Requests())
            .Except(Within(s_methods.Select(method => method.OutputType)))
            .Where(message => message.File.Name.EndsWith("_service.proto", StringComparison.Ordinal));

    private static HashSet<MessageDescriptor> Within(IEnumerable<MessageDescriptor> messages)
    {
        var (found, left) = (new HashSet<MessageDescriptor>(), new Queue<MessageDescriptor>(messages));
        while (left.TryDequeue(out var message))
        {
            foreach (var field in FieldsOf(message).Where(field => field.FieldType == FieldType.Message && found.Add(field.MessageType)))
            {
                left.Enqueue(field.MessageType);
            }
        }

        return found;
    }

    private static IEnumerable<MessageDescriptor> Requests() => s_methods.Select(method => method.InputType);

    private static IList<FieldDescriptor> FieldsOf(MessageDescriptor message) => message.Fields.InDeclarationOrder();

    private static IEnumerable<FieldBehavior> BehaviorsOf(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior) ?? Enumerable.Empty<FieldBehavior>();

    private static string Names(IEnumerable<FieldDescriptor> fields) => string.Join(' ', fields.Select(field => field.FullName));

    private static IEnumerable<FileDescriptor> Files() =>
        typeof(Observation)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Observation).Namespace && type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!);
}
