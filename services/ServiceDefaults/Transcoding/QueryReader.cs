using System.Collections;
using EarlyWarning.ServiceDefaults.Errors;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>Reads a request from a query string: each parameter names a field, by its dotted path; what names none is refused.</summary>
internal static class QueryReader
{
    /// <summary>Reads the parameters into a request.</summary>
    /// <exception cref="Grpc.Core.RpcException">Some are refused, all of which are named.</exception>
    public static void Read(RouteForm route, IQueryCollection query, IMessage request)
    {
        var faults = new RequestFaults();
        foreach (var (name, values) in query)
        {
            if (route.TakesBody)
            {
                faults.Add(
                    V1.ErrorReason.UnknownField,
                    name,
                    $"'{Trailers.Echo(name)}' stands in the query string, and this call takes everything from its body. Write it there."
                );
            }
            else
            {
                ReadOne(route, name, values, request, faults);
            }
        }

        faults.ThrowIfAny();
    }

    private static void ReadOne(RouteForm route, string name, StringValues values, IMessage request, RequestFaults faults)
    {
        var (message, form, field) = (request, route.Request, (FieldDescriptor?)null);
        List<FieldDescriptor> path = [];
        foreach (var part in name.Split('.'))
        {
            if (field is not null)
            {
                if (field.IsRepeated || ValueText.IsOneValue(field))
                {
                    faults.Add(
                        V1.ErrorReason.UnknownField,
                        name,
                        $"'{Trailers.Echo(name)}' names nothing: '{PathOf(path)}' has no fields."
                    );
                    return;
                }

                form = JsonForm.Of(field.MessageType);
                message = Inner(message, field);
            }

            field = form.Find(part);
            if (field is null)
            {
                faults.Add(V1.ErrorReason.UnknownField, name, form.Unknown(part, path.Count == 0 ? "This call" : $"'{PathOf(path)}'"));
                return;
            }

            path.Add(field);
        }

        if (route.Variables.Any(variable => variable.SequenceEqual(path)))
        {
            faults.Add(
                V1.ErrorReason.InvalidField,
                PathOf(path),
                $"The path gives '{PathOf(path)}' already. Leave it out of the query string."
            );
        }
        else if (field!.IsMap || !ValueText.IsOneValue(field))
        {
            faults.Add(
                V1.ErrorReason.InvalidField,
                PathOf(path),
                $"'{PathOf(path)}' is no single value. Name one of its fields, with a dot between."
            );
        }
        else
        {
            ReadValues(message, field, PathOf(path), values, faults);
        }
    }

    private static void ReadValues(IMessage message, FieldDescriptor field, string path, StringValues values, RequestFaults faults)
    {
        if (!field.IsRepeated && (values.Count > 1 || IsSet(message, field)))
        {
            faults.Add(V1.ErrorReason.InvalidField, path, $"'{path}' is there {Math.Max(values.Count, 2)} times. Give one value.");
            return;
        }

        if (field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) is { } other)
        {
            faults.Add(
                V1.ErrorReason.InvalidField,
                path,
                $"'{field.JsonName}' and '{other.JsonName}' exclude each other. Give one of them."
            );
            return;
        }

        foreach (var text in values)
        {
            if (string.IsNullOrEmpty(text))
            {
                if (!MayBeEmpty(field))
                {
                    faults.Add(V1.ErrorReason.InvalidField, path, $"'{path}' is empty. Give a value, or leave it out.");
                }

                continue;
            }

            var value = ValueText.Read(field, text, out var fault);
            if (value is null)
            {
                faults.Add(fault.Reason, path, $"{path}: {fault.Message}");
            }
            else if (field.IsRepeated)
            {
                ((IList)field.Accessor.GetValue(message)).Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }
    }

    // A filter that is written and empty was meant to be filled; a token or an etag is empty where there is none yet.
    private static bool MayBeEmpty(FieldDescriptor field) => field.Name is "page_token" or "resume_token" or "etag";

    // Both names of a field may be in one query.
    private static bool IsSet(IMessage message, FieldDescriptor field) =>
        field.HasPresence ? field.Accessor.HasValue(message) : !Equals(field.Accessor.GetValue(message), DefaultOf(field));

    private static object DefaultOf(FieldDescriptor field) => field.Accessor.GetValue(JsonForm.Of(field.ContainingType).Create());

    private static IMessage Inner(IMessage message, FieldDescriptor field)
    {
        if (field.Accessor.GetValue(message) is IMessage inner)
        {
            return inner;
        }

        inner = JsonForm.Of(field.MessageType).Create();
        field.Accessor.SetValue(message, inner);
        return inner;
    }

    private static string PathOf(IEnumerable<FieldDescriptor> path) => string.Join('.', path.Select(field => field.Name));
}
