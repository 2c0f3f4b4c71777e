using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <content>Whether people are told of breaches.</content>
internal sealed partial class ServerService
{
    private const int LongestReason = 1_000;
    private static readonly TimeSpan s_shortestUnarmed = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestUnarmed = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_usuallyUnarmed = TimeSpan.FromHours(24);

    public override async Task<UnarmSuiteResponse> UnarmSuite(UnarmSuiteRequest request, ServerCallContext context)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LongestReason)
        {
            throw Fault.Field(ErrorReason.InvalidField, "reason", $"Say why, in 1 to {LongestReason:N0} characters.");
        }

        var duration = DurationOf(request);
        var caller = Caller.Of(context);
        return Response(
            await arming.UnarmAsync(
                duration,
                request.Reason.Trim(),
                caller.Name,
                caller.Verified,
                context.CancellationToken,
                RequestMarks.Of(context),
                unarmed => Response(unarmed).ToByteArray()
            )
        );

        static UnarmSuiteResponse Response(Unarmed unarmed) =>
            new()
            {
                Since = unarmed.Since.ToTimestamp(),
                Until = unarmed.Until.ToTimestamp(),
                Etag = unarmed.Etag,
            };
    }

    public override async Task<ArmSuiteResponse> ArmSuite(ArmSuiteRequest request, ServerCallContext context)
    {
        return Response(
            await arming.ArmAsync(Caller.Of(context).Name, context.CancellationToken, request.Etag, RequestMarks.Of(context), suppressed =>
                Response(suppressed).ToByteArray()
            )
        );

        static ArmSuiteResponse Response(long suppressed) => new() { SuppressedFiring = suppressed };
    }

    private static TimeSpan DurationOf(UnarmSuiteRequest request)
    {
        // The bounds first: a duration out of all bounds has no other form.
        var seconds = request.Duration?.Seconds ?? (long)s_usuallyUnarmed.TotalSeconds;
        return seconds >= s_shortestUnarmed.TotalSeconds && seconds <= s_longestUnarmed.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Fault.Field(ErrorReason.InvalidField, "duration", "Give 1 minute to 7 days, or leave it out for 24 hours.");
    }
}
