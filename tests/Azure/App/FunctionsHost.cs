using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;
using Grpc.Core;
using IntegrationHub.Azure.Tests.App.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Azure.Tests.App;

/// <summary>
/// The Functions host's side of a worker, as far as the app meets it: the worker connects, is initialised, tells its functions, loads them
/// and is called. HTTP calls go to the worker's own server beside the call, as the host forwards them.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan GivesUp = TimeSpan.FromMinutes(2);

    private readonly WebApplication app;
    private readonly Stream stream;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = GivesUp }) { Timeout = GivesUp };
    private readonly string directory;

    private FunctionsHost(WebApplication app, Stream stream, string directory) => (this.app, this.stream, this.directory) = (app, stream, directory);

    internal Uri Address => new(app.Urls.First());

    /// <summary>What the worker said that it can do.</summary>
    internal IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>Its functions, by name.</summary>
    internal IReadOnlyDictionary<string, RpcFunctionMetadata> Functions { get; private set; } = new Dictionary<string, RpcFunctionMetadata>();

    /// <summary>What it logged through the host.</summary>
    internal ConcurrentQueue<string> Logs => stream.Logs;

    /// <summary>What a <c>[DurableClient]</c> is bound to: where the engine answers.</summary>
    internal string DurableClient { get; set; } = "{}";

    internal static async Task<FunctionsHost> StartAsync(string directory)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.WebHost.UseUrls();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        var stream = new Stream();
        builder.Services.AddSingleton(stream);
        var app = builder.Build();
        app.MapGrpcService<Stream>();
        await app.StartAsync();
        return new FunctionsHost(app, stream, directory);
    }

    /// <summary>From the worker's connection to functions that can be called.</summary>
    internal async Task TakeInAsync()
    {
        await stream.Connected.WaitAsync(GivesUp);
        var init = new WorkerInitRequest { HostVersion = "4.1044.0", WorkerDirectory = directory, FunctionAppDirectory = directory };
        init.Capabilities.Add("HandlesWorkerTerminateMessage", "true");
        var initialised = await stream.AskAsync(new StreamingMessage { WorkerInitRequest = init });
        Good(initialised.WorkerInitResponse.Result);
        Capabilities = initialised.WorkerInitResponse.Capabilities;
        var told = (await stream.AskAsync(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = directory } })).FunctionMetadataResponse;
        Good(told.Result);
        Functions = told.FunctionMetadataResults.ToDictionary(function => function.Name);
        foreach (var function in Functions.Values)
        {
            Good((await stream.AskAsync(new StreamingMessage { FunctionLoadRequest = new FunctionLoadRequest { FunctionId = function.FunctionId, Metadata = function } })).FunctionLoadResponse.Result);
        }

        await ListensAsync(new Uri(Capabilities["HttpUri"]));
    }

    /// <summary>The worker's own server is begun beside the protocol; the host tries again until it answers.</summary>
    private static async Task ListensAsync(Uri server)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(server.Host, server.Port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began) < GivesUp)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Calls a function with one input; a durable client is given where the function takes one.</summary>
    internal async Task<InvocationResponse> CallAsync(string function, string input, TypedData value, string? invocation = null)
    {
        var metadata = Functions[function];
        var call = new InvocationRequest { InvocationId = invocation ?? Guid.NewGuid().ToString(), FunctionId = metadata.FunctionId, TraceContext = new RpcTraceContext() };
        call.InputData.Add(new ParameterBinding { Name = input, Data = value });
        foreach (var binding in metadata.Bindings.Where(binding => binding.Value.Type == "durableClient"))
        {
            call.InputData.Add(new ParameterBinding { Name = binding.Key, Data = new TypedData { String = DurableClient } });
        }

        return (await stream.AskAsync(new StreamingMessage { InvocationRequest = call }, call.InvocationId)).InvocationResponse;
    }

    /// <summary>Sends a request to the function that takes every path: the call over the protocol, the request beside it.</summary>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var invocation = Guid.NewGuid().ToString();
        var (path, worker) = (request.RequestUri!.OriginalString, new Uri(Capabilities["HttpUri"]));
        request.RequestUri = new Uri(worker, path);
        request.Headers.Add("x-ms-invocation-id", invocation);
        var called = CallAsync("Hub", "request", new TypedData { Http = new RpcHttp { Method = request.Method.Method, Url = request.RequestUri.AbsoluteUri } }, invocation);
        var answer = await http.SendAsync(request);
        await called.WaitAsync(GivesUp);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        stream.End();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static void Good(StatusResult result) => Assert.True(result.Status == StatusResult.Types.Status.Success, result.Exception?.Message);

    /// <summary>The one conversation with the one worker.</summary>
    private sealed class Stream : FunctionRpc.FunctionRpcBase
    {
        private readonly Channel<StreamingMessage> toWorker = Channel.CreateUnbounded<StreamingMessage>();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> waiting = new();
        private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Connected => connected.Task;

        internal ConcurrentQueue<string> Logs { get; } = [];

        public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
        {
            var sending = SendAllAsync(responseStream, context.CancellationToken);
            await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
            {
                switch (message.ContentCase)
                {
                    case StreamingMessage.ContentOneofCase.StartStream:
                        connected.TrySetResult();
                        break;
                    case StreamingMessage.ContentOneofCase.RpcLog:
                        Logs.Enqueue($"{message.RpcLog.Category}: {message.RpcLog.Message}");
                        break;
                    case StreamingMessage.ContentOneofCase.InvocationResponse:
                        Answer(message.InvocationResponse.InvocationId, message);
                        break;
                    case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                        Answer(message.FunctionLoadResponse.FunctionId, message);
                        break;
                    default:
                        Answer(message.RequestId, message);
                        break;
                }
            }

            await sending;
        }

        internal Task<StreamingMessage> AskAsync(StreamingMessage message, string? key = null)
        {
            message.RequestId = Guid.NewGuid().ToString();
            var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting[key ?? message.FunctionLoadRequest?.FunctionId ?? message.RequestId] = answer;
            Assert.True(toWorker.Writer.TryWrite(message));
            return answer.Task.WaitAsync(GivesUp);
        }

        internal void End() => toWorker.Writer.TryComplete();

        private void Answer(string key, StreamingMessage message)
        {
            if (waiting.TryRemove(key, out var waits))
            {
                waits.TrySetResult(message);
            }
        }

        private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> writer, CancellationToken cancellationToken)
        {
            await foreach (var message in toWorker.Reader.ReadAllAsync(cancellationToken))
            {
                await writer.WriteAsync(message, cancellationToken);
            }
        }
    }
}
