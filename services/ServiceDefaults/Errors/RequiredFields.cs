using System.Collections;
using System.Collections.Concurrent;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EarlyWarning.ServiceDefaults.Errors;

/// <summary>
/// Finds what a request lacks: its own fields that the contract marks REQUIRED, an empty text, list or unspecified value being absent; and
/// within it those that can be told from absent, which are messages and scalars with presence. A number that nobody gave is never taken as
/// 0. Texts and lists within are
/// judged by the rules of their service, in words of their own; so are observations, each of which is answered for itself. Thread-safe.
/// </summary>
public static class RequiredFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Plan> s_plans = new();

    /// <summary>
    /// Lists the paths of the fields that are missing, as the contract names them (<c>framework.bands[0].lower_bound</c>), in its order,
    /// each with what is said of it; none where all are there.
    /// </summary>
    /// <param name="message">A message of the contract.</param>
    public static List<(string Field, string Message)> ViolationsOf(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        List<(string, string)> missing = [];
        foreach (var field in PlanOf(message).Filled)
        {
            if (IsEmpty(field.Accessor.GetValue(message)))
            {
                missing.Add((field.Name, Describe(field, field.Name)));
            }
        }

        Collect(message, "", missing);
        return missing;
    }

    /// <summary>Tells whether the contract marks a field REQUIRED.</summary>
    public static bool IsRequired(FieldDescriptor field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) == true;
    }

    private static string Describe(FieldDescriptor field, string path) =>
        field.FieldType is FieldType.Double or FieldType.Int32 or FieldType.Int64
            ? $"{path} is missing. Give it; where 0 is meant, say 0."
            : $"{path} is missing. Give it.";

    private static bool IsEmpty(object value) =>
        value switch
        {
            string text => text.Length == 0,
            ICollection many => many.Count == 0,
            ByteString bytes => bytes.IsEmpty,
            IConvertible number => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture) == 0,
            _ => false,
        };

    private static void Collect(IMessage message, string path, List<(string, string)> missing)
    {
        var plan = PlanOf(message);
        foreach (var field in plan.Required)
        {
            if (!field.Accessor.HasValue(message))
            {
                missing.Add((path + field.Name, Describe(field, path + field.Name)));
            }
        }

        foreach (var field in plan.Within)
        {
            var value = field.Accessor.GetValue(message);
            if (value is IMessage one)
            {
                Collect(one, $"{path}{field.Name}.", missing);
            }
            else if (value is IList { Count: > 0 } many)
            {
                for (var i = 0; i < many.Count; i++)
                {
                    Collect((IMessage)many[i]!, $"{path}{field.Name}[{i}].", missing);
                }
            }
        }
    }

    private static Plan PlanOf(IMessage message) => s_plans.GetOrAdd(message.Descriptor, static descriptor => Plan.Of(descriptor));

    /// <summary>
    /// Where to look in a message, so that one without required fields costs nothing: a field's options are copied when they are read.
    /// </summary>
    /// <param name="Required">The required fields that can be told from absent.</param>
    /// <param name="Filled">The others that are required: texts, lists and values that are absent where they are empty.</param>
    /// <param name="Within">The messages in it that have such fields.</param>
    private sealed record Plan(FieldDescriptor[] Required, FieldDescriptor[] Filled, FieldDescriptor[] Within)
    {
        public static Plan Of(MessageDescriptor message) =>
            new(
                [.. RequiredOf(message)],
                [.. message.Fields.InDeclarationOrder().Where(field => !field.HasPresence && IsRequired(field))],
                [.. MessagesOf(message).Where(field => Reaches(field.MessageType, []))]
            );

        private static bool Reaches(MessageDescriptor message, HashSet<MessageDescriptor> seen) =>
            seen.Add(message) && (RequiredOf(message).Any() || MessagesOf(message).Any(field => Reaches(field.MessageType, seen)));

        private static IEnumerable<FieldDescriptor> RequiredOf(MessageDescriptor message) =>
            message.Fields.InDeclarationOrder().Where(field => field.HasPresence && IsRequired(field));

        private static IEnumerable<FieldDescriptor> MessagesOf(MessageDescriptor message) =>
            message
                .Fields.InDeclarationOrder()
                .Where(field => field is { FieldType: FieldType.Message, IsMap: false } && field.MessageType != V1.Observation.Descriptor);
    }
}
