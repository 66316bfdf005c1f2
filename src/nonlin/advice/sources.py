"""The papers, books and pages that the advice rests on."""

from __future__ import annotations

from nonlin.advice.record import Source


def _docs(name: str) -> Source:
    return Source(
        f"PyTorch: {name}", "documentation of torch.nn", "https://docs.pytorch.org/docs/stable/nn.html"
    )


DOCS_BCE_LOGITS = _docs("BCEWithLogitsLoss")
DOCS_CROSS_ENTROPY = _docs("CrossEntropyLoss")
DOCS_BATCH_NORM = _docs("BatchNorm2d")
DOCS_GAUSSIAN_NLL = _docs("GaussianNLLLoss")
DOCS_KL_DIV = _docs("KLDivLoss")
DOCS_HUBER = _docs("HuberLoss")
DOCS_LSTM = _docs("LSTM")
DOCS_MSE = _docs("MSELoss")
DOCS_POISSON_NLL = _docs("PoissonNLLLoss")
DOCS_TRIPLET = _docs("TripletMarginLoss")

ANDRYCHOWICZ_2020 = Source(
    "Andrychowicz et al. 2020", "What Matters In On-Policy Reinforcement Learning?", "arXiv:2006.05990"
)
ARJOVSKY_2017 = Source("Arjovsky et al. 2017", "Wasserstein GAN", "arXiv:1701.07875")
BISHOP_1994 = Source("Bishop 1994", "Mixture Density Networks", "Aston University, NCRG/94/004")
BISHOP_2006 = Source(
    "Bishop 2006", "Pattern Recognition and Machine Learning", "Springer, section 5.2: Network Training"
)
BOX_COX_1964 = Source("Box and Cox 1964", "An Analysis of Transformations", "J. R. Stat. Soc. B 26, 211-252")
BURGES_2005 = Source("Burges et al. 2005", "Learning to Rank using Gradient Descent", "ICML 2005")
CAO_2007 = Source(
    "Cao et al. 2007", "Learning to Rank: From Pairwise Approach to Listwise Approach", "ICML 2007"
)
CAO_2019 = Source(
    "Cao, Mirjalili and Raschka 2019",
    "Rank consistent ordinal regression for neural networks with application to age estimation",
    "arXiv:1901.07884",
)
CHERNOZHUKOV_2010 = Source(
    "Chernozhukov et al. 2010",
    "Quantile and Probability Curves Without Crossing",
    "Econometrica 78, 1093-1125",
)
CHEN_2020 = Source(
    "Chen et al. 2020",
    "A Simple Framework for Contrastive Learning of Visual Representations",
    "arXiv:2002.05709",
)
CLEVERT_2015 = Source(
    "Clevert et al. 2015",
    "Fast and Accurate Deep Network Learning by Exponential Linear Units",
    "arXiv:1511.07289",
)
COX_1972 = Source("Cox 1972", "Regression Models and Life-Tables", "J. R. Stat. Soc. B 34, 187-220")
DEVLIN_2018 = Source(
    "Devlin et al. 2018", "BERT: Pre-training of Deep Bidirectional Transformers", "arXiv:1810.04805"
)
DUGAS_2000 = Source(
    "Dugas et al. 2000",
    "Incorporating Second-Order Functional Knowledge for Better Option Pricing",
    "NIPS 2000",
)
GEMMA_2024 = Source(
    "Gemma Team 2024", "Gemma 2: Improving Open Language Models at a Practical Size", "arXiv:2408.00118"
)
GENSHEIMER_2018 = Source(
    "Gensheimer and Narasimhan 2018",
    "A Scalable Discrete-Time Survival Model for Neural Networks",
    "arXiv:1805.00917",
)
GERS_2000 = Source(
    "Gers et al. 2000",
    "Learning to Forget: Continual Prediction with LSTM",
    "Neural Computation 12, 2451-2471",
)
GLOROT_2010 = Source(
    "Glorot and Bengio 2010",
    "Understanding the difficulty of training deep feedforward neural networks",
    "AISTATS 2010",
)
GNEITING_2007 = Source(
    "Gneiting and Raftery 2007",
    "Strictly Proper Scoring Rules, Prediction, and Estimation",
    "J. Am. Stat. Assoc. 102, 359-378",
)
GOODFELLOW_2014 = Source("Goodfellow et al. 2014", "Generative Adversarial Networks", "arXiv:1406.2661")
GORISHNIY_2021 = Source(
    "Gorishniy et al. 2021", "Revisiting Deep Learning Models for Tabular Data", "arXiv:2106.11959"
)
GOYAL_2017 = Source(
    "Goyal et al. 2017", "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", "arXiv:1706.02677"
)
GULRAJANI_2017 = Source("Gulrajani et al. 2017", "Improved Training of Wasserstein GANs", "arXiv:1704.00028")
HAARNOJA_2018 = Source(
    "Haarnoja et al. 2018", "Soft Actor-Critic: Off-Policy Maximum Entropy Deep RL", "arXiv:1801.01290"
)
HAFNER_2023 = Source(
    "Hafner et al. 2023", "Mastering Diverse Domains through World Models", "arXiv:2301.04104"
)
HE_2015 = Source(
    "He et al. 2015",
    "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification",
    "arXiv:1502.01852",
)
HE_RESNET_2015 = Source(
    "He et al. 2015 (ResNet)", "Deep Residual Learning for Image Recognition", "arXiv:1512.03385"
)
HE_2016 = Source("He et al. 2016", "Identity Mappings in Deep Residual Networks", "arXiv:1603.05027")
HENDRYCKS_2016 = Source(
    "Hendrycks and Gimpel 2016", "Gaussian Error Linear Units (GELUs)", "arXiv:1606.08415"
)
HILBE_2011 = Source("Hilbe 2011", "Negative Binomial Regression", "Cambridge University Press, 2nd edition")
HINTON_2006 = Source(
    "Hinton and Salakhutdinov 2006",
    "Reducing the Dimensionality of Data with Neural Networks",
    "Science 313, 504-507",
)
HINTON_2015 = Source("Hinton et al. 2015", "Distilling the Knowledge in a Neural Network", "arXiv:1503.02531")
HO_2020 = Source("Ho et al. 2020", "Denoising Diffusion Probabilistic Models", "arXiv:2006.11239")
HOWARD_2019 = Source("Howard et al. 2019", "Searching for MobileNetV3", "arXiv:1905.02244")
HUBER_1964 = Source(
    "Huber 1964", "Robust Estimation of a Location Parameter", "Annals of Mathematical Statistics 35, 73-101"
)
IOFFE_2015 = Source(
    "Ioffe and Szegedy 2015",
    "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift",
    "arXiv:1502.03167",
)
JOZEFOWICZ_2015 = Source(
    "Jozefowicz et al. 2015", "An Empirical Exploration of Recurrent Network Architectures", "ICML 2015"
)
KARPATHY_2019 = Source(
    "Karpathy 2019",
    "A Recipe for Training Neural Networks",
    "https://karpathy.github.io/2019/04/25/recipe/",
)
KATZMAN_2016 = Source("Katzman et al. 2016", "DeepSurv", "arXiv:1606.00931")
KENDALL_2017 = Source(
    "Kendall and Gal 2017",
    "What Uncertainties Do We Need in Bayesian Deep Learning for Computer Vision?",
    "arXiv:1703.04977",
)
KHOSLA_2020 = Source("Khosla et al. 2020", "Supervised Contrastive Learning", "arXiv:2004.11362")
KINGMA_2013 = Source("Kingma and Welling 2013", "Auto-Encoding Variational Bayes", "arXiv:1312.6114")
KIPF_2016 = Source(
    "Kipf and Welling 2016",
    "Semi-Supervised Classification with Graph Convolutional Networks",
    "arXiv:1609.02907",
)
KLAMBAUER_2017 = Source("Klambauer et al. 2017", "Self-Normalizing Neural Networks", "arXiv:1706.02515")
KOENKER_1978 = Source("Koenker and Bassett 1978", "Regression Quantiles", "Econometrica 46, 33-50")
KRISHNAMOORTHI_2018 = Source(
    "Krishnamoorthi 2018",
    "Quantizing deep convolutional networks for efficient inference: A whitepaper",
    "arXiv:1806.08342",
)
LE_2015 = Source(
    "Le, Jaitly and Hinton 2015",
    "A Simple Way to Initialize Recurrent Networks of Rectified Linear Units",
    "arXiv:1504.00941",
)
LECUN_1998 = Source(
    "LeCun et al. 1998", "Efficient BackProp", "Neural Networks: Tricks of the Trade, Springer"
)
LIN_2017 = Source("Lin et al. 2017", "Focal Loss for Dense Object Detection", "arXiv:1708.02002")
LOAIZA_GANEM_2019 = Source(
    "Loaiza-Ganem and Cunningham 2019",
    "The continuous Bernoulli: fixing a pervasive error in variational autoencoders",
    "arXiv:1907.06845",
)
LONG_2014 = Source(
    "Long et al. 2014", "Fully Convolutional Networks for Semantic Segmentation", "arXiv:1411.4038"
)
MARTINS_2016 = Source(
    "Martins and Astudillo 2016",
    "From Softmax to Sparsemax: A Sparse Model of Attention and Multi-Label Classification",
    "arXiv:1602.02068",
)
MCCULLAGH_1989 = Source(
    "McCullagh and Nelder 1989", "Generalized Linear Models", "Chapman and Hall, 2nd edition"
)
MILLETARI_2016 = Source("Milletari et al. 2016", "V-Net", "arXiv:1606.04797")
MIYATO_2018 = Source(
    "Miyato et al. 2018", "Spectral Normalization for Generative Adversarial Networks", "arXiv:1802.05957"
)
MNIH_2015 = Source(
    "Mnih et al. 2015", "Human-level control through deep reinforcement learning", "Nature 518, 529-533"
)
MNIH_2016 = Source(
    "Mnih et al. 2016", "Asynchronous Methods for Deep Reinforcement Learning", "arXiv:1602.01783"
)
NIU_2016 = Source(
    "Niu et al. 2016", "Ordinal Regression with Multiple Output CNN for Age Estimation", "CVPR 2016"
)
NIX_1994 = Source(
    "Nix and Weigend 1994",
    "Estimating the mean and variance of the target probability distribution",
    "ICNN 1994",
)
OORD_2018 = Source(
    "van den Oord et al. 2018",
    "Representation Learning with Contrastive Predictive Coding",
    "arXiv:1807.03748",
)
PAPKE_1996 = Source(
    "Papke and Wooldridge 1996",
    "Econometric Methods for Fractional Response Variables",
    "Journal of Applied Econometrics 11, 619-632",
)
PRESS_2016 = Source(
    "Press and Wolf 2016", "Using the Output Embedding to Improve Language Models", "arXiv:1608.05859"
)
RADFORD_2015 = Source(
    "Radford et al. 2015",
    "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks",
    "arXiv:1511.06434",
)
RADFORD_2019 = Source(
    "Radford et al. 2019", "Language Models are Unsupervised Multitask Learners", "OpenAI, 2019 (GPT-2)"
)
RAMACHANDRAN_2017 = Source(
    "Ramachandran et al. 2017", "Searching for Activation Functions", "arXiv:1710.05941"
)
SALINAS_2017 = Source(
    "Salinas et al. 2017",
    "DeepAR: Probabilistic Forecasting with Autoregressive Recurrent Networks",
    "arXiv:1704.04110",
)
SANDLER_2018 = Source(
    "Sandler et al. 2018", "MobileNetV2: Inverted Residuals and Linear Bottlenecks", "arXiv:1801.04381"
)
SANTOS_SILVA_2006 = Source(
    "Santos Silva and Tenreyro 2006", "The Log of Gravity", "Review of Economics and Statistics 88, 641-658"
)
SAXE_2013 = Source(
    "Saxe et al. 2013",
    "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
    "arXiv:1312.6120",
)
SCHROFF_2015 = Source(
    "Schroff et al. 2015",
    "FaceNet: A Unified Embedding for Face Recognition and Clustering",
    "arXiv:1503.03832",
)
SCHULMAN_2017 = Source("Schulman et al. 2017", "Proximal Policy Optimization Algorithms", "arXiv:1707.06347")
SEITZER_2022 = Source(
    "Seitzer et al. 2022",
    "On the Pitfalls of Heteroscedastic Uncertainty Estimation with Probabilistic Neural Networks",
    "arXiv:2203.09168",
)
SHAZEER_2020 = Source("Shazeer 2020", "GLU Variants Improve Transformer", "arXiv:2002.05202")
SITZMANN_2020 = Source(
    "Sitzmann et al. 2020",
    "Implicit Neural Representations with Periodic Activation Functions",
    "arXiv:2006.09661",
)
SZEGEDY_2015 = Source(
    "Szegedy et al. 2015", "Rethinking the Inception Architecture for Computer Vision", "arXiv:1512.00567"
)
TANCIK_2020 = Source(
    "Tancik et al. 2020",
    "Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains",
    "arXiv:2006.10739",
)
TOUVRON_2023 = Source(
    "Touvron et al. 2023", "LLaMA: Open and Efficient Foundation Language Models", "arXiv:2302.13971"
)
VASWANI_2017 = Source("Vaswani et al. 2017", "Attention Is All You Need", "arXiv:1706.03762")
VELICKOVIC_2017 = Source("Velickovic et al. 2017", "Graph Attention Networks", "arXiv:1710.10903")
XIONG_2020 = Source(
    "Xiong et al. 2020", "On Layer Normalization in the Transformer Architecture", "arXiv:2002.04745"
)
XU_2018 = Source("Xu et al. 2018", "How Powerful are Graph Neural Networks?", "arXiv:1810.00826")
ZHAO_2015 = Source(
    "Zhao et al. 2015", "Loss Functions for Neural Networks for Image Processing", "arXiv:1511.08861"
)
ZHOU_2018 = Source(
    "Zhou et al. 2018", "On the Continuity of Rotation Representations in Neural Networks", "arXiv:1812.07035"
)
