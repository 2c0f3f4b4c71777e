using System.Text.RegularExpressions;
using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.Store.Auditing;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace EarlyWarning.Ledger.Audit;

/// <summary>Shows the record, and whether it is whole.</summary>
internal sealed partial class AuditApi(AuditChain chain, PageTokens tokens) : V1.AuditService.AuditServiceBase
{
    private const int LongestName = 200;
    private static readonly string[] s_own = ["keys", "suite", RefusalTally.Others];
    private static readonly HashSet<string> s_rpcs =
    [
        .. typeof(V1.AuditEntry)
            .Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods)
            .Select(method => $"/{method.Service.FullName}/{method.Name}"),
    ];
    private static readonly JsonParser s_json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public override async Task<V1.ListAuditEntriesResponse> ListAuditEntries(V1.ListAuditEntriesRequest request, ServerCallContext context)
    {
        var filter = FilterOf(request);
        var size = PageTokens.Size(request.PageSize, 50, 500);
        var before = tokens.Decode(request, "page_token", request.PageToken, empty: long.MaxValue);
        var found = (await chain.ListAsync(filter, before, size + 1, context.CancellationToken)).Select(Shown).ToList();
        var fit = PageFit.Count(found, size);
        return new()
        {
            Entries = { found.Take(fit) },
            NextPageToken = found.Count > fit ? tokens.Encode(request, found[fit - 1].Position) : "",
        };
    }

    public override async Task<V1.VerifyAuditResponse> VerifyAudit(V1.VerifyAuditRequest request, ServerCallContext context)
    {
        var check = await chain.VerifyAsync(request.Known is { } known ? Link(known) : null, context.CancellationToken);
        return new()
        {
            Whole = check.Faults.Count == 0,
            Start = Link(check.Span.Start),
            Head = Link(check.Span.Head),
            Looked = check.Looked,
            Faults = { check.Faults },
        };
    }

    private static AuditFilter FilterOf(V1.ListAuditEntriesRequest request)
    {
        Length("caller", request.Caller);
        Length("method", request.Method);
        if (request.Code.Length > 0 && !CodeNames.All.Contains(request.Code))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "code",
                $"'{Trailers.Echo(request.Code)}' is no status code's name. They are {string.Join(", ", CodeNames.All)}."
            );
        }

        var (from, before) = RequestFilters.Range("from_time", request.FromTime, "before_time", request.BeforeTime);
        return new(request.Caller, MethodOf(request.Method), request.Code, from, before);
    }

    private static string MethodOf(string method)
    {
        var name = Rpc().IsMatch(method) ? $"/earlywarning.v1.{method}" : method;
        return name.Length == 0 || s_own.Contains(name) || s_rpcs.Contains(name) || Path().IsMatch(name)
            ? name
            : throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "method",
                $"'{Trailers.Echo(method)}' is none that goes on record. Give an rpc such as CaseService/DecideCase, an HTTP method and "
                    + $"a path such as GET /metrics, or "
                    + $"one of {string.Join(", ", s_own)}."
            );
    }

    private static void Length(string field, string text)
    {
        if (text.Length > LongestName)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, field, $"Give at most {LongestName} characters.");
        }
    }

    private static AuditLink Link(V1.AuditLink known) =>
        known.Position < 0 ? throw Fault.Field(V1.ErrorReason.InvalidField, "known.position", "A position is 0 or more.")
        : known.Position == 0
            ? known.Hash.Length == 0 ? new(0, "")
                : throw Fault.Field(V1.ErrorReason.InvalidField, "known.hash", "Position 0 is before the first entry, and has no hash.")
        : Digits().IsMatch(known.Hash) ? new(known.Position, known.Hash)
        : throw Fault.Field(V1.ErrorReason.InvalidField, "known.hash", "A hash has 64 of 0-9 and a-f.");

    private static V1.AuditLink Link(AuditLink link) => new() { Position = link.Position, Hash = link.Hash };

    // One that somebody has changed may be no entry any longer: it is shown as it is.
    private static V1.AuditEntry Shown(ChainedEntry one)
    {
        V1.AuditEntry shown;
        try
        {
            shown = s_json.Parse<V1.AuditEntry>(one.Text);
        }
        catch (InvalidProtocolBufferException)
        {
            shown = new();
        }

        (shown.Position, shown.Hash, shown.Text) = (one.Position, one.Hash, one.Text);
        return shown;
    }

    [GeneratedRegex(@"^[A-Z]+ /")]
    private static partial Regex Path();

    [GeneratedRegex(@"^\w+/\w+\z")]
    private static partial Regex Rpc();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Digits();
}
