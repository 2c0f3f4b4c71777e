using System.Diagnostics;
using System.Security.Cryptography;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.ServiceDefaults.Auditing;

/// <summary>Makes entries of the audit of calls.</summary>
public static class AuditEntries
{
    /// <summary>How many characters of a request an entry has at the most.</summary>
    public const int LongestRequest = 4_096;

    /// <summary>What is larger is not written out to be cut.</summary>
    private const int LargestRequest = 64 << 10;

    private const int LongestText = 200;
    private static readonly string[] s_named = ["name", "recipient", "framework"];
    private static readonly JsonFormatter s_json = new(JsonFormatter.Settings.Default);

    /// <summary>Makes the entry of something that the suite does by itself, or that happens to it.</summary>
    /// <param name="method">What it is.</param>
    /// <param name="resource">What it is about.</param>
    /// <param name="said">What is to be known of it.</param>
    /// <param name="now">The moment.</param>
    public static V1.AuditEntry Own(string method, string resource, string said, DateTimeOffset now) =>
        new()
        {
            Id = NewId(),
            Time = now.ToTimestamp(),
            Caller = "suite",
            CallerVerified = true,
            Method = method,
            Resource = Cut(resource, LongestText),
            Code = "OK",
            Request = Bounded(said),
            Count = 1,
        };

    /// <summary>The entry of a call of which a part was refused.</summary>
    /// <param name="context">The call.</param>
    /// <param name="code">The status code that says how.</param>
    /// <param name="reason">Why.</param>
    /// <param name="said">What was refused.</param>
    /// <param name="now">The moment.</param>
    public static V1.AuditEntry Refused(HttpContext context, StatusCode code, string reason, string said, DateTimeOffset now)
    {
        var entry = Of(context, request: null, now);
        (entry.Code, entry.Reason, entry.Request) = (CodeNames.Of(code), reason, Bounded(said));
        return entry;
    }

    /// <summary>The entry as it is written and hashed: one line.</summary>
    public static string TextOf(V1.AuditEntry entry) => s_json.Format(entry);

    /// <summary>The entry of a call that is done.</summary>
    internal static V1.AuditEntry Of(HttpContext context, IMessage? request, DateTimeOffset now)
    {
        var (caller, verified, role) = CallerOf(context);
        return new()
        {
            Id = NewId(),
            Time = now.ToTimestamp(),
            Caller = caller,
            CallerVerified = verified,
            Role = role,
            Method = MethodOf(context),
            Resource = Cut(ResourceOf(request), LongestText),
            Etag = Cut(TextOf(request, "etag"), LongestText),
            Code = "OK",
            Request = request is null ? "" : SaidIn(request),
            Peer = context.Connection.RemoteIpAddress?.ToString() ?? "",
            TraceId = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier,
            Count = 1,
        };
    }

    /// <summary>The entry of a call that was refused or failed.</summary>
    internal static V1.AuditEntry Of(HttpContext context, AnsweredFault answered, DateTimeOffset now)
    {
        var entry = Of(context, answered.Request, now);
        (_, _, entry.Code, entry.Reason) = KindOf(context, answered.Fault);
        return entry;
    }

    /// <summary>With which others a call that was refused or failed is counted.</summary>
    internal static FaultKind KindOf(HttpContext context, RpcException fault) =>
        KindOf(context, fault.StatusCode, fault.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? "");

    /// <summary>With which others a call of which a part was refused is counted.</summary>
    public static FaultKind KindOf(HttpContext context, StatusCode code, string reason) =>
        new(
            (context ?? throw new ArgumentNullException(nameof(context))).User.Identity
                is { IsAuthenticated: true, Name: { Length: > 0 } name }
                ? name
                : context.Connection.RemoteIpAddress?.ToString() ?? "",
            MethodOf(context),
            CodeNames.Of(code),
            reason
        );

    /// <summary>Makes the id of an entry.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private static (string Name, bool Verified, V1.AccessRole Role) CallerOf(HttpContext context)
    {
        if (context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name })
        {
            return (name, true, context.Features.Get<ActingRole>()?.Role ?? V1.AccessRole.Unspecified);
        }

        var declared = Caller.Declared(context.Request.Headers[Caller.DeclaredNameKey].ToString());
        return (declared.Length > 0 && !Caller.IsReserved(declared) ? declared : "anonymous", false, V1.AccessRole.Unspecified);
    }

    private static string MethodOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } rpc
            ? rpc.Method.FullName
            : Cut($"{context.Request.Method} {context.Request.Path.ToUriComponent()}", LongestText);

    // A request names what it is about itself, or in the resource that it carries.
    private static string ResourceOf(IMessage? request)
    {
        if (request is null)
        {
            return "";
        }

        var named = s_named.Select(field => TextOf(request, field)).FirstOrDefault(text => text.Length > 0);
        return named
            ?? request
                .Descriptor.Fields.InFieldNumberOrder()
                .Where(field => field is { IsRepeated: false, FieldType: Google.Protobuf.Reflection.FieldType.Message })
                .Select(field => TextOf(field.Accessor.GetValue(request) as IMessage, "name"))
                .FirstOrDefault(text => text.Length > 0)
            ?? "";
    }

    private static string TextOf(IMessage? message, string field) =>
        message?.Descriptor.FindFieldByName(field)?.Accessor.GetValue(message) as string ?? "";

    // As it came, before anything was checked: a time that is none must not keep an act or a refusal off the record.
    private static string SaidIn(IMessage request) =>
        request.CalculateSize() is > LargestRequest and var size
            ? Digest(size, request.ToByteArray())
            : Bounded(JsonFormatter.ToDiagnosticString(request));

    private static string Bounded(string said)
    {
        if (said.Length <= LongestRequest)
        {
            return said;
        }

        var digest = Digest(said.Length, System.Text.Encoding.UTF8.GetBytes(said));
        return Cut(said, LongestRequest - digest.Length) + digest;
    }

    private static string Digest(int length, byte[] bytes) =>
        FormattableString.Invariant($"… ({length}, sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))})");

    // Never between the halves of a character.
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
