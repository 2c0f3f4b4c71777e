using System.Runtime.CompilerServices;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>One HTTP form of an rpc: which fields of its request come from the path, and whether a body carries the others.</summary>
internal sealed class RouteForm
{
    private static readonly ConditionalWeakTable<GrpcJsonTranscodingMetadata, RouteForm> s_forms = [];
    private readonly string? _restName;
    private readonly string _beforeRest = "";

    private RouteForm(GrpcJsonTranscodingMetadata rpc)
    {
        Request = JsonForm.Of(rpc.MethodDescriptor.InputType);
        TakesBody = rpc.HttpRule.Body switch
        {
            "" => false,
            "*" => true,
            var field => throw new NotSupportedException(
                $"{rpc.MethodDescriptor.FullName}: a body of one field, '{field}', is not served."
            ),
        };
        Pattern = PatternOf(rpc.HttpRule);
        List<FieldDescriptor[]> variables = [];
        for (var at = Pattern.IndexOf('{', StringComparison.Ordinal); at >= 0; at = Pattern.IndexOf('{', at + 1))
        {
            var variable = Pattern[(at + 1)..Pattern.IndexOf('}', at)].Split('=');
            variables.Add(Resolve(variable[0]));
            if (variable is [_, "**"])
            {
                (_restName, _beforeRest) = (variable[0], Pattern[..at]);
            }
        }

        Variables = variables;
    }

    /// <summary>Gets the form of the request message.</summary>
    public JsonForm Request { get; }

    /// <summary>Gets whether the body is the request; without one the query string carries it.</summary>
    public bool TakesBody { get; }

    /// <summary>Gets the path as the contract writes it.</summary>
    public string Pattern { get; }

    /// <summary>Gets the fields that the path gives, each as the way to it.</summary>
    public IReadOnlyList<FieldDescriptor[]> Variables { get; }

    /// <summary>The form of an rpc's endpoint, made once.</summary>
    public static RouteForm Of(GrpcJsonTranscodingMetadata rpc) => s_forms.GetValue(rpc, static rpc => new(rpc));

    /// <summary>The path of a rule, as the contract writes it.</summary>
    public static string PatternOf(HttpRule rule) =>
        rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => rule.Get,
            HttpRule.PatternOneofCase.Put => rule.Put,
            HttpRule.PatternOneofCase.Post => rule.Post,
            HttpRule.PatternOneofCase.Delete => rule.Delete,
            HttpRule.PatternOneofCase.Patch => rule.Patch,
            _ => rule.Custom.Path,
        };

    /// <summary>
    /// Takes the rest of the path as it was sent where the path ends in any number of segments, so that an id with a slash can be written
    /// as %2F, which the server leaves encoded elsewhere.
    /// </summary>
    public void DecodeRest(HttpContext context)
    {
        if (
            _restName is null
            || context.Features.Get<IHttpRequestFeature>()?.RawTarget is not { } target
            || !target.StartsWith(_beforeRest, StringComparison.OrdinalIgnoreCase)
        )
        {
            return;
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        context.Request.RouteValues[_restName] = Uri.UnescapeDataString(target[_beforeRest.Length..(query < 0 ? target.Length : query)]);
    }

    private FieldDescriptor[] Resolve(string path)
    {
        var (fields, descriptor) = (new List<FieldDescriptor>(), Request.Descriptor);
        foreach (var name in path.Split('.'))
        {
            fields.Add(descriptor.FindFieldByName(name));
            descriptor = fields[^1].FieldType == FieldType.Message ? fields[^1].MessageType : descriptor;
        }

        return [.. fields];
    }
}
