using System.Text;
using Google.Protobuf;

namespace EarlyWarning.Notification.Channels.Webhook;

/// <summary>
/// What a webhook sends, in the shape that Standard Webhooks recommends: <c>{"type": …, "timestamp": …, "data": …}</c>. The data is
/// <c>{"notification": …, "breach": …}</c>, or <c>"case"</c> in place of <c>"breach"</c> where a step asks, in proto JSON. The notification
/// is as it was made, so that every attempt sends the same bytes under the same id.
/// </summary>
internal static class WebhookPayload
{
    public static byte[] Make(V1.Notification message, ByteString source)
    {
        var made = message.Clone();
        made.State = V1.Notification.Types.State.Pending;
        made.Sequence = 1;
        made.Receipts.Clear();
        made.Deliveries.Clear();
        (made.DeliverTime, made.ReadTime, made.AcknowledgeTime) = (null, null, null);
        var (name, about) =
            message.Case.Length > 0 ? ("case", (IMessage)V1.Case.Parser.ParseFrom(source)) : ("breach", V1.Breach.Parser.ParseFrom(source));
        var data = $$"""{"notification":{{JsonFormatter.Default.Format(made)}},"{{name}}":{{JsonFormatter.Default.Format(about)}}}""";
        var timestamp = JsonFormatter.Default.Format(made.CreateTime);
        return Encoding.UTF8.GetBytes($$"""{"type":"earlywarning.v1.{{TypeOf(made, about)}}","timestamp":{{timestamp}},"data":{{data}}}""");
    }

    /// <summary>What happened. The type says which data there are.</summary>
    private static string TypeOf(V1.Notification made, IMessage about) =>
        about switch
        {
            V1.Breach breach => $"breach.{breach.State.ToString().ToLowerInvariant()}",
            _ => made.AnswerDueTime is not null ? "case.asked" : "case.noted",
        };
}
